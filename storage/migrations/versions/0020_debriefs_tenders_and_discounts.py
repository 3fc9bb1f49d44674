"""Debriefs: when a loss could be known and what decided it; whether to go into tenders; discounts that wait for a yes"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.columns

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    for column in (
        sa.Column('outcome', sa.Enum('suspect', 'open', 'won', 'lost', 'parked', name='stage', native_enum=False, length=40), nullable=False, server_default='lost'),
        sa.Column('closed_on', sa.Date(), nullable=True),
        sa.Column('knowable', sa.Enum('start', 'stage', 'day', 'end', name='knowable', native_enum=False, length=40), nullable=True),
        sa.Column('knowable_on', sa.Date(), nullable=True),
        sa.Column('knowable_stage', TEXT(length=100), nullable=False, server_default=''),
        sa.Column('cause', sa.Enum('price', 'competitor', 'timing', 'no_decision', 'fit', 'trust', name='cause', native_enum=False, length=40), nullable=True),
    ):
        op.add_column('debrief', column)
    op.create_table('tender',
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('shaped', sa.Boolean(), nullable=False),
    sa.Column('has_access', sa.Boolean(), nullable=False),
    sa.Column('challenge', TEXT(length=500), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('opportunity_id'),
    sqlite_autoincrement=True
    )
    op.create_table('discount_request',
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('asked_by', TEXT(length=40), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('wish_minor', storage.columns.Minor(), nullable=False),
    sa.Column('from_minor', storage.columns.Minor(), nullable=False),
    sa.Column('stood_minor', storage.columns.Minor(), nullable=False),
    sa.Column('currency', TEXT(), nullable=False),
    sa.Column('worth', TEXT(length=500), nullable=False),
    sa.Column('wins', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Enum('open', 'granted', 'refused', 'withdrawn', name='discountstate', native_enum=False, length=40), nullable=False),
    sa.Column('answered_by', TEXT(length=40), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('reason', TEXT(length=500), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_discount_request_opportunity_id', 'discount_request', ['opportunity_id'], unique=False)
