"""Personas of a team, facts about accounts, and whether a team is asked for one first"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table('persona',
    sa.Column('role', TEXT(length=100), nullable=False),
    sa.Column('also', TEXT(length=300), nullable=False),
    sa.Column('goals', TEXT(length=500), nullable=False),
    sa.Column('pains', TEXT(length=500), nullable=False),
    sa.Column('objections', TEXT(length=500), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], ),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_persona_team', 'persona', ['workspace_id', 'team_id'], unique=False)
    op.create_table('account_fact',
    sa.Column('account', TEXT(length=200), nullable=False),
    sa.Column('says', TEXT(length=500), nullable=False),
    sa.Column('by', TEXT(length=40), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('account_key', TEXT(length=200), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_account_fact_account', 'account_fact', ['workspace_id', 'account_key', 'on'], unique=False)
    op.create_index('ix_account_fact_on', 'account_fact', ['workspace_id', 'on'], unique=False)
    op.create_table('fact_first',
    sa.Column('is_wanted', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], ),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'team_id'),
    sqlite_autoincrement=True
    )
