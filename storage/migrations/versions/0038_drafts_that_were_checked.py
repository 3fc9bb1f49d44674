"""Sketches of drafts that were checked, and what a team's managers counted in their own inboxes"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table('pitch_sketch',
    sa.Column('owner_id', TEXT(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('account_key', TEXT(length=200), nullable=False),
    sa.Column('sector', TEXT(length=200), nullable=False),
    sa.Column('hashes', TEXT(length=768), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_pitch_sketch_on', 'pitch_sketch', ['workspace_id', 'on'], unique=False)
    op.create_index('ix_pitch_sketch_owner', 'pitch_sketch', ['workspace_id', 'owner_id', 'on'], unique=False)
    op.create_table('inbox_check',
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('received', sa.Integer(), nullable=True),
    sa.Column('answered', sa.Integer(), nullable=True),
    sa.Column('by', TEXT(), nullable=True),
    sa.Column('on', sa.Date(), nullable=True),
    sa.Column('asked_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], ),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'team_id'),
    sqlite_autoincrement=True
    )
