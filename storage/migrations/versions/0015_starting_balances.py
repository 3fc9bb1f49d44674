"""Starting balances: what somebody had won before they came; and whether a goal ramps up"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.columns

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('goal', sa.Column('ramps_from', sa.Date(), nullable=True))
    op.create_table('starting_balance',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('owner_id', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('metric', sa.Enum('revenue', 'deals_won', 'opportunities_created', 'activities', name='metric', native_enum=False, length=40), nullable=False),
    sa.Column('currency', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('amount', storage.columns.Minor(), nullable=False),
    sa.Column('state', sa.Enum('counts', 'kept', 'replaced', 'waived', name='balancestate', native_enum=False, length=40), nullable=False),
    sa.Column('answered_by', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('answered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'owner_id', 'metric', 'currency', 'since'),
    sqlite_autoincrement=True
    )
