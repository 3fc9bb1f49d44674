"""What customers answered to questions about a deal"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table('deal_answer',
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('key', TEXT(length=60), nullable=False),
    sa.Column('question', TEXT(length=500), nullable=False),
    sa.Column('says', TEXT(length=500), nullable=False),
    sa.Column('by', TEXT(length=40), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('opportunity_id', 'key'),
    sqlite_autoincrement=True
    )
