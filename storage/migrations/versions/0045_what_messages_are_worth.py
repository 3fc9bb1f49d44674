"""What people said of messages, and which kinds were switched off for a team"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('nudge_verdict',
        sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=True),
        sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('delivery_id', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('useful', sa.Boolean(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('workspace_id', 'user_id', 'delivery_id', 'kind'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_nudge_verdict_team', 'nudge_verdict', ['workspace_id', 'team_id', 'on'])
    op.create_table('team_switch',
        sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('by', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['team_id'], ['team.id']),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('workspace_id', 'team_id', 'kind'),
        sqlite_autoincrement=True,
    )
