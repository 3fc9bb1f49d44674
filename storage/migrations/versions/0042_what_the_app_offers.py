"""What a workspace's app offers at Slack, and what of a new version an admin has yet to bring there"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None

# What the app of version 0.1 offers: whoever runs it has that, and nothing that came since.
FIRST = [
    "/goal", "/goal with @names", "/followup", "/log", "/deal", "/runway", "/team", "/why", "/why with @names",
    "/rainmaker", "“Follow up on this”", "“Why this message?”",
]  # fmt: skip


def upgrade() -> None:
    table = op.create_table('app_manifest',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('known', sa.JSON(), nullable=False),
    sa.Column('awaited', sa.JSON(), nullable=False),
    sa.Column('since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('workspace_id')
    )
    here = sa.table('workspace', sa.column('id'), sa.column('installed_at', sqlmodel.sql.sqltypes.UTCDateTime()))
    rows = op.get_bind().execute(sa.select(here.c.id, here.c.installed_at)).all()
    if rows:
        op.bulk_insert(
            table, [{'workspace_id': one, 'known': FIRST, 'awaited': [], 'since': at} for one, at in rows]
        )
