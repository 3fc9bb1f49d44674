"""A stamp for each owner of deals"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('owner_stamp',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('stamp', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace_id', 'owner')
    )
    nobodys = sa.text('owner_id IS NULL')
    op.create_index('ix_opportunity_owner_name', 'opportunity', ['workspace_id', 'owner_name'], unique=False, sqlite_where=nobodys, postgresql_where=nobodys)
    # They know of no owners yet. The opening that this step belongs to makes them anew: storage/migrations/triggers.py.
    of_table = ' ON opportunity' if op.get_bind().dialect.name == 'postgresql' else ''
    for event in ('insert', 'update', 'delete'):
        op.execute(f'DROP TRIGGER IF EXISTS deal_stamp_{event}{of_table}')
