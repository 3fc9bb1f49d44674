"""Whom a team wants, what is known of accounts and their attitude, whether deals can and will, and whether all agree"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.columns

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
REACH = sa.Enum('regional', 'national', 'international', name='marketreach', native_enum=False, length=40)
ANSWER = sa.Enum('accepted', 'declined', name='proposalanswer', native_enum=False, length=40)


def client() -> list[sa.Column]:
    """Return the columns that describe an ideal client, which a team states and its reps describe."""
    return [
        sa.Column('sells_on', TEXT(length=60), nullable=False),
        sa.Column('least_employees', sa.Integer(), nullable=True),
        sa.Column('most_employees', sa.Integer(), nullable=True),
        sa.Column('least_revenue_minor', storage.columns.Minor(), nullable=True),
        sa.Column('most_revenue_minor', storage.columns.Minor(), nullable=True),
        sa.Column('currency', TEXT(), nullable=False),
        sa.Column('least_locations', sa.Integer(), nullable=True),
        sa.Column('most_locations', sa.Integer(), nullable=True),
        sa.Column('reaches', TEXT(length=60), nullable=False),
        sa.Column('sectors', TEXT(length=500), nullable=False),
        sa.Column('statements', TEXT(length=1000), nullable=True),
    ]


def upgrade() -> None:
    op.add_column('account', sa.Column('locations', sa.Integer(), nullable=True))
    op.add_column('account', sa.Column('reach', REACH, nullable=True))
    op.create_table('ideal_client',
    *client(),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], ),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'team_id'),
    sqlite_autoincrement=True
    )
    op.create_table('attitude_answer',
    sa.Column('account', TEXT(length=200), nullable=False),
    sa.Column('question', TEXT(length=140), nullable=False),
    sa.Column('says', TEXT(length=60), nullable=False),
    sa.Column('evidence', TEXT(length=500), nullable=False),
    sa.Column('by', TEXT(length=40), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('account_key', TEXT(length=200), nullable=False),
    sa.Column('question_key', TEXT(length=140), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'account_key', 'question_key'),
    sqlite_autoincrement=True
    )
    op.create_table('buying_signs',
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('budget', sa.Boolean(), nullable=True),
    sa.Column('authority', sa.Boolean(), nullable=True),
    sa.Column('need', sa.Boolean(), nullable=True),
    sa.Column('wants', sa.Boolean(), nullable=True),
    sa.Column('note', TEXT(length=500), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('opportunity_id'),
    sqlite_autoincrement=True
    )
    op.create_table('agreement_round',
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('asked', TEXT(length=400), nullable=False),
    sa.Column('by', TEXT(length=40), nullable=False),
    sa.Column('begun_on', sa.Date(), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], ),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_agreement_round_team_id', 'agreement_round', ['team_id'], unique=False)
    op.create_table('client_description',
    *client(),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('user_id', TEXT(length=40), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['agreement_round.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('round_id', 'user_id'),
    sqlite_autoincrement=True
    )
    op.create_table('profile_decision',
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('key', TEXT(length=300), nullable=False),
    sa.Column('answer', ANSWER, nullable=False),
    sa.Column('regrets', sa.Integer(), nullable=False),
    sa.Column('by', TEXT(length=40), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], ),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_profile_decision_team_id', 'profile_decision', ['team_id'], unique=False)
