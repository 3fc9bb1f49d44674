"""What stands beside a deal: its history, contacts and obstacles; the stages of a team; what belongs to which deal"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import storage.columns

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

TEXT = sqlmodel.sql.sqltypes.AutoString


def belongs_to_a_deal(table: str) -> None:
    """Let rows of a table belong to a deal. SQLite copies the table for it, which must not use an id twice after."""
    connection = op.get_bind()
    is_sqlite = connection.dialect.name == 'sqlite'
    last = 0
    if is_sqlite:
        last = connection.execute(sa.text('SELECT max(seq) FROM sqlite_sequence WHERE name = :t'), {'t': table}).scalar() or 0
    with op.batch_alter_table(table, schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.add_column(sa.Column('opportunity_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            f'{table}_opportunity_id_fkey', 'opportunity', ['opportunity_id'], ['id'], ondelete='SET NULL'
        )
        batch_op.create_index(f'ix_{table}_opportunity_id', ['opportunity_id'], unique=False)
    if is_sqlite and last:
        connection.execute(sa.text('DELETE FROM sqlite_sequence WHERE name = :t'), {'t': table})
        connection.execute(sa.text('INSERT INTO sqlite_sequence (name, seq) VALUES (:t, :last)'), {'t': table, 'last': last})


def upgrade() -> None:
    for column in (
        sa.Column('list_price_minor', storage.columns.Minor(), nullable=True),
        sa.Column('is_tender', sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column('entry', sa.Enum('passed', 'anyway', name='entry', native_enum=False, length=40), nullable=True),
        sa.Column('entry_reason', TEXT(length=500), nullable=False, server_default=''),
        sa.Column('parked_until', sa.Date(), nullable=True),
        sa.Column('wakes', sa.Enum('activity', 'period', name='waking', native_enum=False, length=40), nullable=True),
        sa.Column('worth', TEXT(length=500), nullable=False, server_default=''),
    ):
        op.add_column('opportunity', column)
    for table in ('followup', 'activity'):
        belongs_to_a_deal(table)
    op.create_table('deal_stage',
    sa.Column('name', TEXT(length=60), nullable=False),
    sa.Column('needs', TEXT(length=200), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], ),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('workspace_id', 'team_id', 'place')
    )
    op.create_table('deal_contact',
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('name', TEXT(length=200), nullable=False),
    sa.Column('role', TEXT(length=100), nullable=False),
    sa.Column('decides', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_deal_contact_opportunity_id', 'deal_contact', ['opportunity_id'], unique=False)
    op.create_table('obstacle',
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('what', TEXT(length=500), nullable=False),
    sa.Column('owner_id', TEXT(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('cleared_on', sa.Date(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_obstacle_opportunity_id', 'obstacle', ['opportunity_id'], unique=False)
    op.create_table('deal_change',
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.Enum('stage', 'stage_label', 'value_minor', 'list_price_minor', 'expected_on', 'opened_on', 'closed_on', 'name', 'account', 'product', 'source', 'owner_name', 'is_tender', 'parked_until', name='dealfield', native_enum=False, length=40), nullable=False),
    sa.Column('was', TEXT(length=500), nullable=False),
    sa.Column('now', TEXT(length=500), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('by', TEXT(length=40), nullable=False),
    sa.Column('moved_by', sa.Enum('buyer', 'us', 'unknown', name='movedby', native_enum=False, length=40), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', TEXT(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['import_id'], ['import_run.id'], ),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('ix_deal_change_deal', 'deal_change', ['opportunity_id', 'on'], unique=False)
    op.create_index('ix_deal_change_import', 'deal_change', ['import_id'], unique=False)
