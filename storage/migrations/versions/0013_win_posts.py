"""Win posts: which wins a channel was told of, and whether a team wants it"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('win_posts', sa.Enum('off', 'amounts', 'no_amounts', name='winposting', native_enum=False, length=40), nullable=False, server_default='off')
        )
    op.create_table('win_post',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('said', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], ),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('win_post', schema=None) as batch_op:
        batch_op.create_index('ix_win_post_team', ['workspace_id', 'team_id', 'opened_at'], unique=False)
    op.create_table('posted_win',
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['post_id'], ['win_post.id'], ),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], ),
    sa.PrimaryKeyConstraint('opportunity_id')
    )
    with op.batch_alter_table('posted_win', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_posted_win_post_id'), ['post_id'], unique=False)
