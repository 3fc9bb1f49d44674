"""The entry gate: what each team's asks, and what somebody said that a suspect shows"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table('deal_gate',
    sa.Column('asks', TEXT(length=100), nullable=False),
    sa.Column('waits', TEXT(length=1000), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], ),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'team_id'),
    sqlite_autoincrement=True
    )
    op.create_table('gate_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.Enum('spoke', 'need', 'next_step', name='gatequestion', native_enum=False, length=40), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('by', TEXT(length=40), nullable=False),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('opportunity_id', 'question'),
    sqlite_autoincrement=True
    )
