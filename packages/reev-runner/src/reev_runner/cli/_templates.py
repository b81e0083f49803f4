"""``reev templates``: whether the templates of a folder can be rendered, before an agent reads them."""

from __future__ import annotations

import json as json_format
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ._options import JsonOption

if TYPE_CHECKING:
    from reev_orchestrator.rendering import Finding
    from reev_types.times import Clock

__all__ = ["checks", "templates"]

_LOOK_EVERY_S = 0.3


def templates(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="A folder of templates. [the bundled ones]")
    ] = None,
    json: JsonOption = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever a file has changed, until Ctrl-C.")
    ] = False,
) -> None:
    """Check prompt templates: syntax, heads, names that nothing defines, and a rendering on two wallets.

    Exit status: 0 nothing found, or watched until Ctrl-C, 1 something is wrong, 2 no templates there.
    """
    from reev_orchestrator.rendering import BUNDLED, validate

    chosen = folder or BUNDLED
    if watch:
        _watch(chosen, json=json)
        return
    findings = validate(chosen)
    _print(findings, json=json)
    raise typer.Exit(1 if findings else 0)


def _watch(folder: Path, *, json: bool) -> None:
    import asyncio

    from reev_runner.system import SystemClock

    async def work() -> None:
        async for findings in checks(folder, SystemClock()):
            _print(findings, json=json)

    with suppress(KeyboardInterrupt):
        asyncio.run(work())


async def checks(folder: Path, clock: Clock) -> AsyncIterator[Sequence[Finding]]:
    """Yield the findings, and again after each change of a file, without an end; raises as ``validate`` at the start.

    A folder that has lost its last template is waited for like any other change.
    """
    from reev_orchestrator.rendering import validate

    # What changes during a check is seen as a change after it.
    seen = _state(folder)
    yield validate(folder)
    while True:
        await clock.sleep(_LOOK_EVERY_S)
        found = _state(folder)
        if found == seen:
            continue
        seen = found
        if found:
            yield validate(folder)


def _state(folder: Path) -> dict[Path, tuple[int, int]]:
    state = {}
    for path in folder.rglob("*.j2"):
        try:
            status = path.stat()
        except FileNotFoundError:  # an editor replaces files
            continue
        state[path] = (status.st_mtime_ns, status.st_size)
    return state


def _print(findings: Sequence[Finding], *, json: bool) -> None:
    if json:
        entries = [{"place": str(each.place), "code": each.code, "message": each.message} for each in findings]
        typer.echo(json_format.dumps({"findings": entries}, indent=2))
        return
    for finding in findings:
        typer.echo(str(finding))
    count = len(findings)
    typer.echo(f"{count} finding{'s' if count > 1 else ''}" if findings else "nothing to remark")
