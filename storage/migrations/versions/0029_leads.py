"""Leads before they are deals, and how soon those of a source are called"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
INSTANT = sqlmodel.sql.sqltypes.UTCDateTime
IN_ORDER = sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')
STATES = sa.Enum('new', 'accepted', 'rejected', 'qualified', name='leadstate', native_enum=False, length=40)
CAUSES = sa.Enum('fit', 'person', 'need', 'timing', 'unreachable', 'bad_data', 'duplicate', 'customer', 'other', name='rejectcause', native_enum=False, length=40)


def upgrade() -> None:
    op.create_table('lead',
    sa.Column('external_id', TEXT(length=100), nullable=True),
    sa.Column('name', TEXT(length=200), nullable=False),
    sa.Column('account', TEXT(length=200), nullable=True),
    sa.Column('title', TEXT(length=100), nullable=False),
    sa.Column('email', TEXT(length=254), nullable=False),
    sa.Column('phone', TEXT(length=60), nullable=False),
    sa.Column('source', TEXT(length=200), nullable=True),
    sa.Column('owner_id', TEXT(), nullable=True),
    sa.Column('state', STATES, nullable=False),
    sa.Column('came_at', INSTANT(), nullable=False),
    sa.Column('assigned_at', INSTANT(), nullable=True),
    sa.Column('first_call_at', INSTANT(), nullable=True),
    sa.Column('decided_at', INSTANT(), nullable=True),
    sa.Column('reject_cause', CAUSES, nullable=True),
    sa.Column('reject_reason', TEXT(length=500), nullable=False),
    sa.Column('note', TEXT(length=500), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('deal_id', sa.Integer(), nullable=True),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('import_sha', TEXT(length=16), nullable=True),
    sa.Column('name_folded', IN_ORDER, nullable=False),
    sa.Column('account_folded', IN_ORDER, nullable=True),
    sa.ForeignKeyConstraint(['deal_id'], ['opportunity.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['import_id'], ['import_run.id'], ),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], ),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'external_id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_lead_owner', 'lead', ['workspace_id', 'owner_id', 'state', 'came_at'], unique=False)
    op.create_index('ix_lead_team', 'lead', ['workspace_id', 'team_id', 'state', 'came_at'], unique=False)
    op.create_index('ix_lead_came', 'lead', ['workspace_id', 'came_at'], unique=False)
    op.create_index('ix_lead_decided', 'lead', ['workspace_id', 'decided_at'], unique=False)
    op.create_index('ix_lead_name', 'lead', ['workspace_id', 'name_folded'], unique=False)
    op.create_index('ix_lead_account', 'lead', ['workspace_id', 'account_folded'], unique=False)
    op.create_index('ix_lead_email', 'lead', ['workspace_id', 'email'], unique=False)
    op.create_index('ix_lead_deal_id', 'lead', ['deal_id'], unique=False)
    op.create_index('ix_lead_import_id', 'lead', ['import_id'], unique=False)
    op.create_table('lead_source',
    sa.Column('name', TEXT(length=200), nullable=False),
    sa.Column('target_minutes', sa.Integer(), nullable=True),
    sa.Column('limit_minutes', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('name_key', TEXT(length=200), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], ),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'team_id', 'name_key'),
    sqlite_autoincrement=True
    )
