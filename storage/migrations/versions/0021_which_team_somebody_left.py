"""Which team somebody left, until what they have open is handed over"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('member', sa.Column('left_team_id', sa.Integer(), nullable=True))
