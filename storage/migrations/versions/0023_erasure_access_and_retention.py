"""Who was forgotten, by marks; who read and changed whose record; how long a workspace keeps what"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0023'
down_revision = '0020'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table('erased_name',
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('mark', TEXT(length=32), nullable=False),
    sa.Column('salt', TEXT(length=32), nullable=False),
    sa.Column('pseudonym', TEXT(length=40), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('workspace_id', 'mark')
    )
