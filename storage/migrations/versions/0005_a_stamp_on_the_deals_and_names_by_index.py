"""A stamp on the deals and names by index"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.columns


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The triggers that write it are made whenever a database is opened: storage/migrations/triggers.py.
    op.create_table('deal_stamp',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('stamp', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace_id')
    )
