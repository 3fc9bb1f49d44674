"""Hand-overs"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('handover',
    sa.Column('old_id', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('new_id', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('offered_by', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('offered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('state', sa.Enum('open', 'yes', 'no', 'withdrawn', name='invitationstate', native_enum=False, length=40), nullable=False),
    sa.Column('answered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('moved', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('handover', schema=None) as batch_op:
        batch_op.create_index('ix_handover_workspace_id', ['workspace_id'], unique=False)
