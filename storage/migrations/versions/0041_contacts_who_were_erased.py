"""By which marks a file does not bring back somebody at a customer's who was erased"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table('erased_contact',
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('mark', TEXT(length=32), nullable=False),
    sa.Column('salt', TEXT(length=32), nullable=False),
    sa.Column('erased_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('workspace_id', 'mark')
    )
