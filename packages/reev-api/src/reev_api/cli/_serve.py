"""``reev serve``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["serve", "serve_command"]

serve = typer.Typer(add_completion=False, rich_markup_mode=None)


@serve.command()
def serve_command(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="The port; 0 takes a free one.")] = 3001,
    data: Annotated[Path, typer.Option(help="The folder of journals and of the database.")] = Path("reev-data"),
    database: Annotated[
        str | None, typer.Option(metavar="URL", help="Another database, such as postgresql://user@host/reev.")
    ] = None,
    no_auth: Annotated[bool, typer.Option("--no-auth", help="Take no tokens; on this machine alone.")] = False,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that carry flows out.")] = 1,
    concurrency: Annotated[int, typer.Option(min=1, help="Flows under way at once.")] = 128,
    queue: Annotated[int, typer.Option(min=0, help="Flows that may wait beyond those.")] = 1_024,
    allow_agent: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Let clients use this agent, though its name is an address or a file."),
    ] = None,
) -> None:
    """Serve reev over HTTP, until Ctrl-C."""
    from reev_api.http import run_server
    from reev_api.settings import ServerSettings

    run_server(
        ServerSettings(
            host=host,
            port=port,
            data=data,
            database_url=database,
            auth=not no_auth,
            workers=workers,
            concurrency=concurrency,
            queue=queue,
            agents=tuple(allow_agent or ()),
        ),
        lambda line: typer.echo(line, err=True),
    )
