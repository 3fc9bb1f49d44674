"""Drafts of cards: an objection that a team heard again and again"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0052'
down_revision = '0051'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('card_draft',
        sa.Column('cause', sa.Enum('price', 'competitor', 'timing', 'no_decision', 'fit', 'trust', name='cause', native_enum=False, length=40), nullable=False),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('state', sa.Enum('open', 'written', 'declined', name='draftstate', native_enum=False, length=40), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['team_id'], ['team.id']),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_card_draft_team', 'card_draft', ['workspace_id', 'team_id', 'on'])
