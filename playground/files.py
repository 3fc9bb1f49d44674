"""Files in the workspace in a box: what somebody uploaded, and how Slack tells of it.

A file is told of in two ways at once: the message it was shared with carries it whole (`subtype: file_share`), and
`file_shared` names its id. A file that was deleted stays in its messages as a tombstone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from mimetypes import guess_type
from typing import Any
from urllib.parse import quote

Json = dict[str, Any]

SHARED = "file_share"  # the subtype of the message a file came with
TEXTS = frozenset(
    {"csv", "json", "md", "text", "tsv", "xml"}
)  # what Slack keeps as a snippet that may be edited
PRETTY = {
    "csv": "CSV",
    "text": "Plain Text",
    "tsv": "TSV",
    "xlsx": "Excel Spreadsheet",
    "zip": "Zip",
    "png": "PNG",
}


@dataclass
class File:
    """One uploaded file. `host` is where the double serves it; `is_stub` that events name it without its details."""

    id: str
    name: str
    content: bytes
    user: str
    at: datetime
    host: str
    title: str = ""
    channels: list[str] = field(default_factory=list)
    is_stub: bool = False
    deleted: bool = False

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def kind(self) -> str:
        """Slack's word for what it is, by the end of its name alone."""
        _, _, ending = self.name.rpartition(".")
        return (
            {"txt": "text", "": "text"}.get(ending.lower(), ending.lower()) if "." in self.name else "binary"
        )

    @property
    def mimetype(self) -> str:
        """What Slack takes it for, by the end of its name."""
        return guess_type(self.name)[0] or (
            "text/plain" if self.kind in TEXTS else "application/octet-stream"
        )

    def address(self, team_id: str, *, download: bool = False) -> str:
        """Where it is read with a token, beside the Web API."""
        way = "download/" if download else ""
        return f"{self.host}/files-pri/{team_id}-{self.id}/{way}{quote(self.name.lower().replace(' ', '_'))}"

    def told(self, team_id: str) -> Json:
        """The file as a message or an event carries it."""
        if self.deleted:
            return {"id": self.id, "mode": "tombstone"}
        if self.is_stub:
            return {"id": self.id, "mode": "file_access", "file_access": "check_file_info"}
        return self.as_slack(team_id)

    def as_slack(self, team_id: str) -> Json:
        """The file object as files.info gives it."""
        stamp = int(self.at.timestamp())
        return {
            "id": self.id,
            "created": stamp,
            "timestamp": stamp,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype,
            "filetype": self.kind,
            "pretty_type": PRETTY.get(self.kind, self.kind.upper()),
            "user": self.user,
            "user_team": team_id,
            "editable": self.kind in TEXTS,
            "size": self.size,
            "mode": "snippet" if self.kind in TEXTS else "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": False,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": self.address(team_id),
            "url_private_download": self.address(team_id, download=True),
            "permalink": f"{self.host}/files/{self.user}/{self.id}/{quote(self.name)}",
            "file_access": "visible",
        }


def told(files: Sequence[File], team_id: str) -> Json:
    """What a message says of the files it came with; nothing where there are none."""
    if not files:
        return {}
    return {"subtype": SHARED, "upload": False, "files": [one.told(team_id) for one in files]}
