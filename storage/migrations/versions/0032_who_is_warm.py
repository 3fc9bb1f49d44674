"""What people read of ours, who was asked for an introduction, and the secret with which content events are signed"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
INSTANT = sqlmodel.sql.sqltypes.UTCDateTime
IN_ORDER = sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')
ACTIONS = sa.Enum('read', 'downloaded', 'watched', 'attended', 'asked', name='contentaction', native_enum=False, length=40)
STATES = sa.Enum('asked', 'introduced', 'declined', 'left_out', name='referralstate', native_enum=False, length=40)
CAUSES = sa.Enum('win', 'happy', 'own', name='referralcause', native_enum=False, length=40)


def upgrade() -> None:
    op.create_table('content_event',
    sa.Column('event_id', TEXT(length=100), nullable=False),
    sa.Column('email', TEXT(length=254), nullable=False),
    sa.Column('name', TEXT(length=200), nullable=False),
    sa.Column('account', TEXT(length=200), nullable=True),
    sa.Column('content', TEXT(length=200), nullable=False),
    sa.Column('action', ACTIONS, nullable=False),
    sa.Column('happened_at', INSTANT(), nullable=False),
    sa.Column('received_at', INSTANT(), nullable=False),
    sa.Column('owner_id', TEXT(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=True),
    sa.Column('deal_id', sa.Integer(), nullable=True),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('import_sha', TEXT(length=16), nullable=True),
    sa.Column('account_folded', IN_ORDER, nullable=True),
    sa.ForeignKeyConstraint(['deal_id'], ['opportunity.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['import_id'], ['import_run.id'], ),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'event_id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_content_event_owner', 'content_event', ['workspace_id', 'owner_id', 'happened_at'], unique=False)
    op.create_index('ix_content_event_email', 'content_event', ['workspace_id', 'email'], unique=False)
    op.create_index('ix_content_event_account', 'content_event', ['workspace_id', 'account_folded'], unique=False)
    op.create_index('ix_content_event_received', 'content_event', ['workspace_id', 'received_at'], unique=False)
    op.create_index('ix_content_event_lead_id', 'content_event', ['lead_id'], unique=False)
    op.create_index('ix_content_event_deal_id', 'content_event', ['deal_id'], unique=False)
    op.create_index('ix_content_event_import_id', 'content_event', ['import_id'], unique=False)
    op.create_table('referral',
    sa.Column('owner_id', TEXT(), nullable=False),
    sa.Column('who', TEXT(length=200), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('state', STATES, nullable=False),
    sa.Column('cause', CAUSES, nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('introduced', TEXT(length=200), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('deal_id', sa.Integer(), nullable=True),
    sa.Column('lead_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['deal_id'], ['opportunity.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['lead_id'], ['lead.id'], ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_referral_owner', 'referral', ['workspace_id', 'owner_id', 'on'], unique=False)
    op.create_index('ix_referral_deal_id', 'referral', ['deal_id'], unique=False)
    op.create_index('ix_referral_lead_id', 'referral', ['lead_id'], unique=False)
    op.create_table('webhook_secret',
    sa.Column('secret', TEXT(length=128), nullable=False),
    sa.Column('made_at', INSTANT(), nullable=False),
    sa.Column('made_by', TEXT(), nullable=False),
    sa.Column('previous', TEXT(length=128), nullable=False),
    sa.Column('previous_until', INSTANT(), nullable=True),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('workspace_id')
    )
