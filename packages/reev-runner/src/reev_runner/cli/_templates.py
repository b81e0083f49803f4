"""``reev templates``: whether the templates of a folder can be rendered, before an agent reads them."""

from __future__ import annotations

import json as json_format
from pathlib import Path
from typing import Annotated

import typer

from ._options import JsonOption

__all__ = ["templates"]


def templates(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="A folder of templates. [the bundled ones]")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Check prompt templates: syntax, heads, names that nothing defines, and a rendering on two wallets.

    Exit status: 0 nothing found, 1 something is wrong, 2 no templates there.
    """
    from reev_orchestrator.rendering import BUNDLED, validate

    findings = validate(folder or BUNDLED)
    if json:
        entries = [{"place": str(each.place), "code": each.code, "message": each.message} for each in findings]
        typer.echo(json_format.dumps({"findings": entries}, indent=2))
    else:
        for finding in findings:
            typer.echo(str(finding))
        typer.echo(f"{len(findings)} findings" if findings else "nothing to remark")
    raise typer.Exit(1 if findings else 0)
