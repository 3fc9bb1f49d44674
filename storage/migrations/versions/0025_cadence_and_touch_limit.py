"""How often customers of a stage hear of a team, and what was answered before one touch too many"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table('stage_cadence',
    sa.Column('stage', TEXT(length=60), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], ),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'team_id', 'stage'),
    sqlite_autoincrement=True
    )
    op.create_table('touch_limit',
    sa.Column('owner_id', TEXT(), nullable=False),
    sa.Column('who', TEXT(length=200), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('touches', sa.Integer(), nullable=False),
    sa.Column('answer', TEXT(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('said', TEXT(length=500), nullable=False),
    sa.Column('carried', TEXT(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_touch_limit_owner', 'touch_limit', ['workspace_id', 'owner_id', 'asked_on'])
