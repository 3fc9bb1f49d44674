"""Which steps belong to each stage of a team's deals, and which were done for which deal"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'playbook_step',
        sa.Column('stage', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column('text', sqlmodel.sql.sqltypes.AutoString(length=75), nullable=False),
        sa.Column('place', sa.Integer(), nullable=False),
        sa.Column('since', sa.Date(), nullable=False),
        sa.Column('gone_on', sa.Date(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['team_id'], ['team.id']),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_playbook_step_team', 'playbook_step', ['workspace_id', 'team_id'])
    op.create_table(
        'step_tick',
        sa.Column('opportunity_id', sa.Integer(), nullable=False),
        sa.Column('step_id', sa.Integer(), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('by', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['step_id'], ['playbook_step.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('opportunity_id', 'step_id'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_step_tick_step', 'step_tick', ['step_id'])
