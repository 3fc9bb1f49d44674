"""The library of a team, who may write in it, and who looks after its personas"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table('library_entry',
    sa.Column('kind', sa.Enum('talking_point', 'question', 'value_proposition', 'persona', 'objection', 'play', name='entrykind', native_enum=False, length=40), nullable=False),
    sa.Column('title', TEXT(length=120), nullable=False),
    sa.Column('text', TEXT(length=1500), nullable=False),
    sa.Column('role', TEXT(length=200), nullable=False),
    sa.Column('sector', TEXT(length=200), nullable=False),
    sa.Column('pain', TEXT(length=200), nullable=False),
    sa.Column('competitor', TEXT(length=200), nullable=False),
    sa.Column('owner_id', TEXT(), nullable=True),
    sa.Column('review_by', sa.Date(), nullable=True),
    sa.Column('starter', TEXT(length=40), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('is_gone', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], ),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_library_entry_owner', 'library_entry', ['workspace_id', 'owner_id', 'review_by'], unique=False)
    op.create_index('ix_library_entry_team', 'library_entry', ['workspace_id', 'team_id'], unique=False)
    op.create_table('library_rights',
    sa.Column('lets_reps', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], ),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'team_id'),
    sqlite_autoincrement=True
    )
    op.add_column('persona', sa.Column('owner_id', TEXT(), nullable=True))
    op.add_column('persona', sa.Column('review_by', sa.Date(), nullable=True))
