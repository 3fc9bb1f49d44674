"""Drills: cards, what each rep remembers of them, and their answers"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0050'
down_revision = '0049'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('drill_answer',
        sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('card_key', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column('recall', sa.Enum('again', 'hard', 'good', 'easy', name='recall', native_enum=False, length=40), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_drill_answer_day', 'drill_answer', ['workspace_id', 'user_id', 'on'])
    op.create_table('drill_memory',
        sa.Column('stability', sa.Float(), nullable=False),
        sa.Column('difficulty', sa.Float(), nullable=False),
        sa.Column('first_on', sa.Date(), nullable=False),
        sa.Column('reviewed_on', sa.Date(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('times', sa.Integer(), nullable=False),
        sa.Column('lapses', sa.Integer(), nullable=False),
        sa.Column('fingerprint', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('card_key', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('workspace_id', 'user_id', 'card_key'),
        sqlite_autoincrement=True,
    )
    op.create_table('drill_card',
        sa.Column('deck', sa.Enum('product', 'technique', 'objections', 'negotiation', 'own', name='deck', native_enum=False, length=40), nullable=False),
        sa.Column('question', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('answer', sqlmodel.sql.sqltypes.AutoString(length=600), nullable=False),
        sa.Column('why', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column('owner_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column('review_by', sa.Date(), nullable=True),
        sa.Column('for_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column('starter', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=True),
        sa.Column('changed_on', sa.Date(), nullable=True),
        sa.Column('is_gone', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['team_id'], ['team.id']),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_drill_card_for', 'drill_card', ['workspace_id', 'for_id'])
    op.create_index('ix_drill_card_owner', 'drill_card', ['workspace_id', 'owner_id', 'review_by'])
    op.create_index('ix_drill_card_team', 'drill_card', ['workspace_id', 'team_id'])
