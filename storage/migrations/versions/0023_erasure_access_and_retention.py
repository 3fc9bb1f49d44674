"""Who was forgotten, by marks; who read and changed whose record; how long a workspace keeps what"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0023'
down_revision = '0022'
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
    op.create_table('access_log',
    sa.Column('by_id', TEXT(length=40), nullable=False),
    sa.Column('about_id', TEXT(length=40), nullable=False),
    sa.Column('kind', sa.Enum('read', 'changed', name='accesskind', native_enum=False, length=40), nullable=False),
    sa.Column('what', TEXT(length=200), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    reads = sa.text("kind = 'read'")
    op.create_index('ix_access_log_read', 'access_log', ['workspace_id', 'about_id', 'by_id', 'on'], unique=True, sqlite_where=reads, postgresql_where=reads)
    op.create_index('ix_access_log_about', 'access_log', ['workspace_id', 'about_id', 'at'], unique=False)
    op.create_index('ix_access_log_at', 'access_log', ['workspace_id', 'at'], unique=False)
    op.create_table('retention',
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('what', TEXT(length=40), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('workspace_id', 'what')
    )
    op.create_index('ix_undo_at', 'undo', ['workspace_id', 'at'], unique=False)
    worded, full = sa.text("outcome <> ''"), sa.text('occurrence_key <> id')
    op.create_index('ix_activity_words', 'activity', ['workspace_id', 'on'], unique=False, sqlite_where=worded, postgresql_where=worded)
    op.create_index('ix_delivery_archive_full', 'delivery_archive', ['workspace_id', 'created_at'], unique=False, sqlite_where=full, postgresql_where=full)
