"""Rates of other currencies that teams set, and what an import made of a deal's amount by one"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.columns

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.add_column('opportunity', sa.Column('converted_minor', storage.columns.Minor(), nullable=True))
    op.create_table('currency_rate',
    sa.Column('currency', TEXT(), nullable=False),
    sa.Column('counted_in', TEXT(), nullable=False),
    sa.Column('rate', storage.columns.Exact(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], ),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('team_id', 'currency', 'counted_in', 'since'),
    sqlite_autoincrement=True
    )
