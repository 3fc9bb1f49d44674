"""Which colleague was proposed to whom for twenty minutes, and what came of it"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0048'
down_revision = '0047'
branch_labels = None
depends_on = None

MEASURES = ('not_ours', 'service', 'opened', 'spoken', 'yield', 'late', 'uneven', 'active')
STATES = (
    'proposed', 'declined', 'withdrawn', 'asked', 'turned_down', 'agreed', 'helped', 'no_help', 'not_held',
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        'mentorship',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sa.String(), nullable=False),
        sa.Column('rep_id', sa.String(), nullable=False),
        sa.Column('mentor_id', sa.String(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.Column('measure', sa.Enum(*MEASURES, name='lightmeasure', native_enum=False, length=40), nullable=False),
        sa.Column('state', sa.Enum(*STATES, name='mentorstate', native_enum=False, length=40), nullable=False),
        sa.Column('proposed_on', sa.Date(), nullable=False),
        sa.Column('asked_on', sa.Date(), nullable=True),
        sa.Column('slot_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['team_id'], ['team.id']),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_mentorship_rep', 'mentorship', ['workspace_id', 'rep_id'])
    op.create_index('ix_mentorship_team', 'mentorship', ['workspace_id', 'team_id', 'proposed_on'])
