"""Roles of members, floors of teams, and the accounts that somebody pursues"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
ROLES = sa.Enum('sdr', 'ae', 'am', name='salesrole', native_enum=False, length=40)


def upgrade() -> None:
    op.add_column('member', sa.Column('role', ROLES, nullable=True))
    op.add_column('member', sa.Column('rep_since', sa.Date(), nullable=True))
    for name in ('sdr_floor', 'ae_floor', 'am_floor'):
        op.add_column('team', sa.Column(name, sa.Integer(), nullable=True))
    op.create_table('target_account',
    sa.Column('owner_id', TEXT(), nullable=False),
    sa.Column('name', TEXT(length=200), nullable=False),
    sa.Column('added_on', sa.Date(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_target_account_owner', 'target_account', ['workspace_id', 'owner_id'], unique=False)
