"""CRM connections: no column for who connected, as a terminal knows nobody of Slack's"""

from alembic import op

revision = '0055'
down_revision = '0053'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column('crm_connection', 'connected_by')
