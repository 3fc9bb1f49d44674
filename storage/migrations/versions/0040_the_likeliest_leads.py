"""How likely outcomes say each open lead is, so that the likeliest are found among very many"""

import sqlalchemy as sa
from alembic import op

revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None

WITH_PHONE = sa.text("odds IS NOT NULL AND phone <> ''")
WITHOUT = sa.text("odds IS NOT NULL AND phone = ''")


def upgrade() -> None:
    op.add_column('lead', sa.Column('odds', sa.Float(), nullable=True))
    columns = ['workspace_id', 'owner_id', 'odds', 'id']
    op.create_index('ix_lead_likeliest_phone', 'lead', columns, unique=False, sqlite_where=WITH_PHONE, postgresql_where=WITH_PHONE)
    op.create_index('ix_lead_likeliest', 'lead', columns, unique=False, sqlite_where=WITHOUT, postgresql_where=WITHOUT)
