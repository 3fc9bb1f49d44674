"""What a team's company wants, and what a goal brings its rep"""

import sqlalchemy as sa
from alembic import op

revision = '0047'
down_revision = '0046'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'objective_list',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sa.String(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.Column('lines', sa.String(length=1520), nullable=False),
        sa.ForeignKeyConstraint(['team_id'], ['team.id']),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('workspace_id', 'team_id'),
        sqlite_autoincrement=True,
    )
    op.create_table(
        'incentive',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sa.String(), nullable=False),
        sa.Column('goal_id', sa.Integer(), nullable=False),
        sa.Column('owner_id', sa.String(), nullable=False),
        sa.Column('note', sa.String(length=500), nullable=False),
        sa.Column('rate', sa.Integer(), nullable=True),
        sa.Column('over_minor', sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('workspace_id', 'goal_id', 'owner_id'),
        sqlite_autoincrement=True,
    )
