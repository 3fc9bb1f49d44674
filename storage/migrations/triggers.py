"""Triggers: whoever writes a deal, by whatever way, gives its workspace's deals a new stamp in the same transaction,
and its owner's deals one of their own.

They belong to the database and not to one step of its schema: SQLite drops them with a table that a later migration
makes anew, and a copy made by hand may come without. So each opening looks for them.
"""

from sqlalchemy import Connection

HERE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'opportunity'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'opportunity'::regclass AND tgenabled <> 'D'",
}
FRESH = {"sqlite": "hex(randomblob(16))", "postgresql": "replace(gen_random_uuid()::text, '-', '')"}
UPSERT = (
    "INSERT INTO deal_stamp (workspace_id, stamp) SELECT {workspace}, {fresh} FROM {rows}"
    " ON CONFLICT (workspace_id) DO UPDATE SET stamp = excluded.stamp"
)
UPSERT_OWNER = (
    "INSERT INTO owner_stamp (workspace_id, owner, stamp) SELECT {workspace}, {owner}, {fresh} FROM {rows}"
    " ON CONFLICT (workspace_id, owner) DO UPDATE SET stamp = excluded.stamp"
)
OWNER = "coalesce({row}owner_id, {row}owner_name)"
RENEW_ALL = (
    UPSERT.format(workspace="id", fresh="{fresh}", rows="workspace WHERE true"),
    "UPDATE owner_stamp SET stamp = {fresh}",  # also of those who have no deal any more
    UPSERT_OWNER.format(
        workspace="workspace_id",
        owner="owner",
        fresh="{fresh}",
        rows=f"(SELECT DISTINCT workspace_id, {OWNER.format(row='')} AS owner FROM opportunity) AS owned WHERE true",
    ),
)


def for_each_row(row: str) -> list[str]:
    """Return the statements by which SQLite, which has no other triggers, renews the stamps of a row."""
    return [of_workspace(row), of_owner(row)]


def of_workspace(row: str, where: str = "true") -> str:
    return UPSERT.format(
        workspace=f"{row}.workspace_id", fresh=FRESH["sqlite"], rows=f"(SELECT 1) WHERE {where}"
    )


def of_owner(row: str, where: str = "true") -> str:
    return UPSERT_OWNER.format(
        workspace=f"{row}.workspace_id",
        owner=OWNER.format(row=f"{row}."),
        fresh=FRESH["sqlite"],
        rows=f"(SELECT 1) WHERE {where}",
    )


# An import of many rows renews a stamp once a statement; in one order, so that two of them cannot block each other.
OF_STATEMENT = (
    UPSERT.format(
        workspace="workspace_id",
        fresh=FRESH["postgresql"],
        rows="(SELECT workspace_id FROM {rows}) AS written GROUP BY workspace_id ORDER BY workspace_id",
    )
    + ";\n        "
    + UPSERT_OWNER.format(
        workspace="workspace_id",
        owner="owner",
        fresh=FRESH["postgresql"],
        rows=f"(SELECT workspace_id, {OWNER.format(row='')} AS owner FROM {{rows}}) AS written"
        " GROUP BY workspace_id, owner ORDER BY workspace_id, owner",
    )
)
BOTH = "(SELECT workspace_id, owner_id, owner_name FROM {0} UNION SELECT workspace_id, owner_id, owner_name FROM {1})"
FUNCTION = f"""
CREATE OR REPLACE FUNCTION renew_deal_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {OF_STATEMENT.format(rows="added")};
    ELSIF TG_OP = 'DELETE' THEN
        {OF_STATEMENT.format(rows="removed")};
    ELSE
        {OF_STATEMENT.format(rows=BOTH.format("added", "removed") + " AS changed")};
    END IF;
    RETURN NULL;
END $$"""
SEEN = {
    "insert": "NEW TABLE AS added",
    "update": "OLD TABLE AS removed NEW TABLE AS added",
    "delete": "OLD TABLE AS removed",
}


def put_back(connection: Connection) -> None:
    """Make each trigger that is missing; what anybody kept of deals before is then found by nobody any more."""
    engine = connection.dialect.name
    here = set(connection.exec_driver_sql(HERE[engine]).scalars())
    missing = [event for event in SEEN if f"deal_stamp_{event}" not in here]
    if not missing:
        return
    if engine == "postgresql":
        connection.exec_driver_sql(FUNCTION)
    for event in missing:
        for order in (on_sqlite if engine == "sqlite" else on_postgresql)(event):
            connection.exec_driver_sql(order)
    for order in RENEW_ALL:
        connection.exec_driver_sql(order.format(fresh=FRESH[engine]))


def on_sqlite(event: str) -> list[str]:
    renewed = for_each_row("OLD" if event == "delete" else "NEW")
    if event == "update":
        elsewhere = "OLD.workspace_id <> NEW.workspace_id"
        others = f"{OWNER.format(row='OLD.')} <> {OWNER.format(row='NEW.')}"
        renewed += [of_workspace("OLD", elsewhere), of_owner("OLD", f"{elsewhere} OR {others}")]
    return [
        f"CREATE TRIGGER IF NOT EXISTS deal_stamp_{event} AFTER {event.upper()} ON opportunity"
        f" BEGIN {'; '.join(renewed)}; END"
    ]


def on_postgresql(event: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS deal_stamp_{event} ON opportunity",  # one that was switched off is still there
        f"CREATE TRIGGER deal_stamp_{event} AFTER {event.upper()} ON opportunity REFERENCING {SEEN[event]}"
        " FOR EACH STATEMENT EXECUTE FUNCTION renew_deal_stamp()",
    ]
