"""In which channel marketing reads of a team's leads, and whose leads were by a file"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None

OF_LEADS = sa.text("table_name = 'lead'")


def upgrade() -> None:
    op.add_column('team', sa.Column('marketing_channel', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.create_index('ix_import_change_lead', 'import_change', ['row_id'], unique=False, sqlite_where=OF_LEADS, postgresql_where=OF_LEADS)
