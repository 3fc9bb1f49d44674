"""Where contacts are, when they like to be called, and who never does"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.add_column('deal_contact', sa.Column('zone', TEXT(length=64), nullable=False, server_default=''))
    op.add_column('deal_contact', sa.Column('best', TEXT(length=200), nullable=False, server_default=''))
    op.add_column('deal_contact', sa.Column('never_call', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('deal_contact', sa.Column('email_only', sa.Boolean(), nullable=False, server_default=sa.false()))
