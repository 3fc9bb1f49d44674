"""What a rep and a manager talk about, what they noted and agreed on, and which packs came"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('agenda_item',
        sa.Column('rep_id', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('manager_id', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('by', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('text', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('added_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('settled_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_agenda_item_pair', 'agenda_item', ['workspace_id', 'rep_id', 'manager_id'])
    op.create_table('sent_pack',
        sa.Column('rep_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('manager_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('first_on', sa.Date(), nullable=False),
        sa.Column('told', sqlmodel.sql.sqltypes.AutoString(length=51), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('workspace_id', 'manager_id', 'rep_id'),
        sqlite_autoincrement=True,
    )
    op.create_table('talk_note',
        sa.Column('rep_id', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('manager_id', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('by', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('text', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_talk_note_pair', 'talk_note', ['workspace_id', 'rep_id', 'manager_id'])
    op.create_table('agreed_action',
        sa.Column('rep_id', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('manager_id', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column('agreed_on', sa.Date(), nullable=False),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column('followup_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['followup_id'], ['followup.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id']),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('followup_id'),
        sqlite_autoincrement=True,
    )
    op.create_index('ix_agreed_action_pair', 'agreed_action', ['workspace_id', 'rep_id', 'manager_id'])
