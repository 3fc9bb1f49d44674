"""Names one letter off, by indexes of their halves

SQLite's reflection does not see indexes of expressions: a later step that makes `account` or `opportunity` anew (a batch
that does more than add columns) has to make them anew as well.
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, name in (('account', 'name'), ('opportunity', 'name'), ('opportunity', 'account')):
        folded = f'{name}_folded'
        for place, half in (
            ('begins', f'substr({folded}, 1, length({folded}) / 2)'),
            ('ends', f'substr({folded}, length({folded}) / 2 + 1)'),
        ):
            op.create_index(f'ix_{table}_{name}_{place}', table, ['workspace_id', sa.text(half)])
