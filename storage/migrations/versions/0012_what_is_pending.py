"""What is acknowledged and not done yet, by an index of its own: it is looked for every few seconds"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    pending = sa.text("key LIKE 'pending:%'")
    op.create_index(
        'ix_inbox_pending', 'inbox', ['received_at'], sqlite_where=pending, postgresql_where=pending
    )
