"""The settings of one server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from reev_api._model import ApiModel
from reev_types.errors import UsageError
from reev_types.network import is_loopback

__all__ = ["ServerSettings"]


class ServerSettings(ApiModel):
    """Where a server listens, what it keeps and where, and how much it takes on."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 3001
    """0 takes a free one."""
    data: Path = Path("reev-data")
    """The folder of journals and of the SQLite database."""
    database_url: str | None = None
    """SQLAlchemy's URL of another database."""
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    """Processes that carry flows out."""
    concurrency: Annotated[int, Field(ge=1)] = 128
    """Flows under way at once, over all workers."""
    queue: Annotated[int, Field(ge=0)] = 1_024
    """Flows that may wait beyond those."""
    auth: bool = True
    agents: tuple[str, ...] = ()
    """Agents that may be asked for by exactly these names though their names carry addresses or paths."""
    max_body_bytes: Annotated[int, Field(ge=1)] = 262_144
    requests_per_second: Annotated[float, Field(gt=0)] = 500
    """For each token, or without tokens for each address."""
    request_burst: Annotated[int, Field(ge=1)] = 1_000
    heartbeat_s: Annotated[float, Field(gt=0)] = 15
    """A stream that has nothing to say says so after this long."""
    grace_s: Annotated[float, Field(ge=0)] = 5
    """How long flows under way may take to end when the server is stopped; the others go on at the next start."""

    @property
    def journals(self) -> Path:
        """The folder of the journals."""
        return self.data / "sessions"

    @property
    def database(self) -> str:
        """The URL of the database."""
        return self.database_url or f"sqlite:///{(self.data / 'reev.sqlite').absolute()}"

    def check(self) -> None:
        """Raise UsageError ``auth_required`` where everybody on a network could run flows."""
        if not self.auth and not is_loopback(f"http://{_bracketed(self.host)}"):
            raise UsageError(
                "auth_required",
                f"without tokens a server listens on this machine alone, and {self.host[:64]!r} is not that",
                suggestions=("--host 127.0.0.1", "leave out --no-auth"),
            )


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
