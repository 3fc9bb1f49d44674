"""When somebody had Home in view"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.add_column(sa.Column('home_seen_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
