"""A stamp on the deals and names by index"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.columns
from sales.language.names.descent import comparable

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


AT_ONCE = 10_000  # rows
IN_ORDER = sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')


def upgrade() -> None:
    # The triggers that write it are made whenever a database is opened: storage/migrations/triggers.py.
    op.create_table('deal_stamp',
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('stamp', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('workspace_id')
    )
    with op.batch_alter_table('opportunity', schema=None) as batch_op:
        batch_op.add_column(sa.Column('name_folded', IN_ORDER, nullable=False, server_default=''))
        batch_op.add_column(sa.Column('account_folded', IN_ORDER, nullable=True))

    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('name_folded', IN_ORDER, nullable=False, server_default=''))

    fold('opportunity', 'name', 'account')
    fold('account', 'name')
    with op.batch_alter_table('opportunity', schema=None) as batch_op:
        batch_op.create_index('ix_opportunity_name', ['workspace_id', 'name_folded', 'opened_on'], unique=False)
        batch_op.create_index('ix_opportunity_account', ['workspace_id', 'account_folded', 'opened_on'], unique=False)

    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.create_index('ix_account_name', ['workspace_id', 'name_folded'], unique=False)


def fold(table: str, *names: str) -> None:
    """Say beside each name of a table how it is compared."""
    rows = sa.table(table, sa.column('id'), *[sa.column(name + end) for name in names for end in ('', '_folded')])
    written = sa.update(rows).where(rows.c.id == sa.bindparam('row'))
    written = written.values({f'{name}_folded': sa.bindparam(f'{name}_') for name in names})
    connection, last = op.get_bind(), 0
    while True:
        page = sa.select(rows.c.id, *[rows.c[name] for name in names]).where(rows.c.id > last).order_by(rows.c.id)
        found = connection.execute(page.limit(AT_ONCE)).all()
        if not found:
            return
        folded = [
            {f'{name}_': None if value is None else comparable(value) for name, value in zip(names, said, strict=True)}
            for _, *said in found
        ]
        connection.execute(written, [{'row': row[0], **values} for row, values in zip(found, folded, strict=True)])
        last = found[-1][0]
