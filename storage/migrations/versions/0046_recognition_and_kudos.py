"""Who was named for what, what colleagues say of each other, and whether a team shows a leaderboard"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0046'
down_revision = '0045'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('kudos',
        sa.Column('giver_id', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('receiver_id', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('deed', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('in_channel', sa.Boolean(), nullable=False),
        sa.Column('taken_back', sa.Boolean(), nullable=False),
        sa.Column('shown_back', sa.Boolean(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.Column('given_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['team_id'], ['team.id']),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_kudos_giver', 'kudos', ['workspace_id', 'giver_id', 'on'])
    op.create_table('recognition',
        sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('behaviour', sa.Enum('kept_all', 'next_steps', 'debriefs', 'kept_more', 'goal_reached', name='behaviour', native_enum=False, length=40), nullable=False),
        sa.Column('times', sa.Integer(), nullable=False),
        sa.Column('before', sa.Integer(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.Column('goal_id', sa.Integer(), nullable=True),
        sa.Column('week', sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['team_id'], ['team.id']),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_recognition_team', 'recognition', ['workspace_id', 'team_id', 'week'])
    op.add_column('team', sa.Column('leaderboard', sa.Boolean(), nullable=False, server_default=sa.false()))
