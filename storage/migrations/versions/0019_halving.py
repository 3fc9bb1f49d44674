"""Halvings and their picks; how much each half of a forecast weighs"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.add_column('calibration', sa.Column('survival_weight', sa.Float(), nullable=False, server_default='0.5'))
    op.add_column('calibration', sa.Column('weighed', sa.Integer(), nullable=False, server_default='0'))
    op.create_table('halving',
    sa.Column('owner_id', TEXT(), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('currency', TEXT(length=3), nullable=False),
    sa.Column('revisited', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_halving_owner', 'halving', ['workspace_id', 'owner_id', 'ends_on'], unique=False)
    op.create_table('halving_pick',
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('chance', sa.Float(), nullable=False),
    sa.Column('worth_minor', sa.BigInteger(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('kept', sa.Boolean(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('halving_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['halving_id'], ['halving.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_halving_pick_halving_id', 'halving_pick', ['halving_id'], unique=False)
    op.create_index('ix_halving_pick_opportunity_id', 'halving_pick', ['opportunity_id'], unique=False)
