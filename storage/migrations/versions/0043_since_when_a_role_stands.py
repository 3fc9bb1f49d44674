"""Since when a role stands, and which one stood before it"""

import sqlalchemy as sa
from alembic import op

revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None

ROLES = sa.Enum('sdr', 'ae', 'am', name='salesrole', native_enum=False, length=40)


def upgrade() -> None:
    op.add_column('member', sa.Column('role_since', sa.Date(), nullable=True))
    op.add_column('member', sa.Column('role_before', ROLES, nullable=True))
