"""Halvings and their picks; how much each half of a forecast weighs"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0020'
down_revision = '0016'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.add_column('calibration', sa.Column('survival_weight', sa.Float(), nullable=False, server_default='0.5'))
    op.add_column('calibration', sa.Column('weighed', sa.Integer(), nullable=False, server_default='0'))
