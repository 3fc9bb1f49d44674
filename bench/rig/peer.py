"""The peer: the smallest bot a person would write instead, in a process of its own: `ADDRESS`.

Bolt's `AsyncApp` that answers before it acknowledges, one slash command, one durable insert through SQLModel, one
engine and a session a request. Nobody is looked up, nothing is undone, a copy of a request counts twice.
"""

import asyncio
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from rig.caller import SECRET
from rig.child import answering, nothing_else
from rig.engines import is_file
from rig.serve import serving


class PeerActivity(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    owner_id: str = Field(index=True)
    kind: str
    count: int
    on: date
    created_at: datetime


def engine_at(address: str) -> AsyncEngine:
    """Return the one engine; on SQLite commits are durable and readers do not wait."""
    if not is_file(make_url(address)):
        return create_async_engine(address)
    engine = create_async_engine(address, connect_args={"timeout": 30})

    @event.listens_for(engine.sync_engine, "connect")
    def durable(connection: Any, _: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    return engine


async def authorize(**_: object) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_user_id="UBOT", bot_token="xoxb-peer")


async def main(address: str) -> None:
    engine = engine_at(address)
    async with engine.begin() as connection:
        await connection.run_sync(
            SQLModel.metadata.create_all, tables=[SQLModel.metadata.tables["peeractivity"]]
        )
    app = AsyncApp(name="peer", signing_secret=SECRET, authorize=authorize, process_before_response=True)

    @app.command("/log")
    async def log(ack: AsyncAck, command: dict[str, Any]) -> None:
        count, kind = command["text"].split()
        now = datetime.now(UTC)
        async with AsyncSession(engine) as session:
            session.add(
                PeerActivity(
                    owner_id=command["user_id"], kind=kind, count=int(count), on=now.date(), created_at=now
                )
            )
            await session.commit()
        await ack(f"Logged {count} {kind}.")

    async with serving(app.web_app("/slack/events")) as port:
        await answering(port, nothing_else)
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
