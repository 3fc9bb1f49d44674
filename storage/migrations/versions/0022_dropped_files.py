"""Files dropped in Slack on their way, our copies of them, and how files of one shape are read"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString
INSTANT = sqlmodel.sql.sqltypes.UTCDateTime
AT_WORK = sa.text("step IN ('arrived', 'confirmed', 'undoing')")
UNSHOWN = sa.text('version <> shown')
STEPS = ('arrived', 'shown', 'confirmed', 'taken', 'undoing', 'undone', 'kept', 'cancelled', 'expired', 'failed')


def upgrade() -> None:
    op.create_table('import_drop',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('user_id', TEXT(), nullable=False),
    sa.Column('channel_id', TEXT(), nullable=False),
    sa.Column('file_id', TEXT(), nullable=False),
    sa.Column('said_at', TEXT(), nullable=False),
    sa.Column('name', TEXT(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('url', TEXT(), nullable=False),
    sa.Column('step', sa.Enum(*STEPS, name='dropstep', native_enum=False, length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('shown', sa.Integer(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('news', sa.JSON(), nullable=False),
    sa.Column('runs', sa.JSON(), nullable=False),
    sa.Column('shape', TEXT(), nullable=False),
    sa.Column('pieces', sa.Integer(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('fence', sa.Integer(), nullable=False),
    sa.Column('lease_owner', TEXT(), nullable=True),
    sa.Column('lease_until', INSTANT(), nullable=True),
    sa.Column('not_before', INSTANT(), nullable=False),
    sa.Column('until', INSTANT(), nullable=True),
    sa.Column('arrived_at', INSTANT(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'file_id', 'said_at'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_import_drop_work', 'import_drop', ['not_before'], unique=False, sqlite_where=AT_WORK, postgresql_where=AT_WORK)
    op.create_index('ix_import_drop_unshown', 'import_drop', ['version'], unique=False, sqlite_where=UNSHOWN, postgresql_where=UNSHOWN)
    op.create_index('ix_import_drop_until', 'import_drop', ['until'], unique=False)
    op.create_table('import_piece',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('drop_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['drop_id'], ['import_drop.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('drop_id', 'number')
    )
    op.create_table('import_shape',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('shape', TEXT(length=16), nullable=False),
    sa.Column('terms', sa.JSON(), nullable=False),
    sa.Column('confirmed_at', INSTANT(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'shape')
    )
