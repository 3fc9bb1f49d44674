"""What was answered to the findings of an audit, and which checks somebody switched off"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table('check_mute',
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('user_id', TEXT(length=40), nullable=False),
    sa.Column('check', TEXT(length=40), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('workspace_id', 'user_id', 'check')
    )
    op.create_table('finding_answer',
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('check', TEXT(length=40), nullable=False),
    sa.Column('answer', sa.Enum('kept', 'known', 'fixed', 'parked', 'lost', name='answerkind', native_enum=False, length=40), nullable=False),
    sa.Column('user_id', TEXT(length=40), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('happened', TEXT(length=60), nullable=False),
    sa.Column('chance_before', sa.Float(), nullable=True),
    sa.Column('chance_after', sa.Float(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_finding_answer_deal', 'finding_answer', ['opportunity_id', 'check'], unique=False)
    op.create_index('ix_finding_answer_user', 'finding_answer', ['workspace_id', 'user_id'], unique=False)
