"""What whoever leads a team changes after a quarter"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0049'
down_revision = '0048'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('leader_change',
        sa.Column('manager_id', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column('period_start', sa.Date(), nullable=False),
        sa.Column('text', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('team_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['team_id'], ['team.id']),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('workspace_id', 'team_id', 'manager_id', 'period_start'),
        sqlite_autoincrement=True,
    )
