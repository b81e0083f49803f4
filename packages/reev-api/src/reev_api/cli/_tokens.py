"""``reev tokens``: create, list, revoke."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

if TYPE_CHECKING:
    from reev_api.storage import Storage

__all__ = ["tokens"]

T = TypeVar("T")

tokens = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

DataOption = Annotated[Path, typer.Option(help="The server's folder.")]
DatabaseOption = Annotated[str | None, typer.Option(metavar="URL", help="The server's database, if it is another.")]
_HERE = Path("reev-data")


@tokens.callback()
def _tokens() -> None:
    """Create, list and revoke the tokens of a server."""


@tokens.command("create")
def _create(
    name: Annotated[str, typer.Argument(help="What the token is for.")],
    scope: Annotated[Literal["read", "execute", "admin"], typer.Option(help="What it is good for.")] = "execute",
    data: DataOption = _HERE,
    database: DatabaseOption = None,
) -> None:
    """Print a new token; it is shown this once."""
    from reev_api.security import Scope, new_token
    from reev_runner.system import SystemClock

    record, token = new_token(name, Scope(scope), SystemClock())
    _with_storage(data, database, lambda storage: storage.add_token(record))
    typer.echo(token)


@tokens.command("list")
def _list(data: DataOption = _HERE, database: DatabaseOption = None) -> None:
    """List the tokens, without their secrets."""
    for token in _with_storage(data, database, lambda storage: storage.tokens()):
        state = f"revoked {token.revoked_at}" if token.revoked_at else f"since {token.created_at}"
        typer.echo(f"{token.token_id}  {token.scope:7}  {state}  {token.name!r}")


@tokens.command("revoke")
def _revoke(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="As `list` shows it.")],
    data: DataOption = _HERE,
    database: DatabaseOption = None,
) -> None:
    """Make a token worthless; a running server knows within seconds."""
    from reev_types.errors import UsageError

    if not _with_storage(data, database, lambda storage: storage.revoke_token(token_id)):
        raise UsageError("unknown_token", f"there is no token {token_id[:32]!r}", suggestions=("reev tokens list",))
    typer.echo(f"revoked {token_id}")


def _with_storage(data: Path, database: str | None, work: Callable[[Storage], Awaitable[T]]) -> T:
    from reev_api.settings import ServerSettings
    from reev_api.storage import open_storage
    from reev_runner.system import SystemClock

    async def done() -> T:
        storage = open_storage(ServerSettings(data=data, database_url=database).database, SystemClock())
        try:
            return await work(storage)
        finally:
            await storage.close()

    data.mkdir(parents=True, exist_ok=True)
    return asyncio.run(done())
