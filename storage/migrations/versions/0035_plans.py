"""Plans: the strategies for goals, and which follow-ups are their steps"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
MOTIONS = sa.Enum('referral', 'event', 'win_back', 'outbound', 'partner', 'inbound', 'existing', name='salesmotion', native_enum=False, length=40)


def upgrade() -> None:
    op.create_table('strategy',
    sa.Column('owner_id', TEXT(), nullable=False),
    sa.Column('motion', MOTIONS, nullable=False),
    sa.Column('cue', TEXT(length=300), nullable=False),
    sa.Column('action', TEXT(length=300), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('goal_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_strategy_goal_id', 'strategy', ['goal_id'], unique=False)
    op.create_index('ix_strategy_owner', 'strategy', ['workspace_id', 'owner_id'], unique=False)
    op.create_table('strategy_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('strategy_id', sa.Integer(), nullable=False),
    sa.Column('followup_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['followup_id'], ['followup.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['strategy_id'], ['strategy.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('followup_id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_strategy_step_strategy_id', 'strategy_step', ['strategy_id'], unique=False)
