"""The day a promise was first for, and why it came later"""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('followup', sa.Column('promised_on', sa.Date(), nullable=True))
    op.add_column('followup', sa.Column('slip', sa.Enum('customer', 'colleague', 'time', 'not_ready', 'plans', name='slipreason', native_enum=False, length=40), nullable=True))
