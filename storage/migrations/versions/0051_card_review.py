"""Cards past their review day: who was asked of which, when"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0051'
down_revision = '0050'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('card_review',
        sa.Column('user_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('card_id', sa.Integer(), nullable=False),
        sa.Column('review_by', sa.Date(), nullable=False),
        sa.Column('asked_on', sa.Date(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_card_review_user', 'card_review', ['workspace_id', 'user_id'])
