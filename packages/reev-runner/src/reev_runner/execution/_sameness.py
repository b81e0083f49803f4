"""When two calls of a tool ask for the same, in whatever words a model repeats itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from reev_tools.wallet import STANDARD_TOOLS, primary_name
from reev_types.amounts import parse_ui, to_raw
from reev_types.errors import AmountError
from reev_types.tokens import SOL_MINT, token_named, token_of
from reev_types.tools import ToolCall

__all__ = ["ask_for_the_same"]

_TOOLS = {tool.name: tool for tool in STANDARD_TOOLS if tool.moves_funds}
_TERMS = {"slippage_bps", "venue"}
"""They say how it is to be done, and not what."""
_EVERYTHING = frozenset({"max", "all"})


def ask_for_the_same(one: ToolCall, other: ToolCall, names: Mapping[str, str]) -> bool:
    """Tell whether two calls ask for the same, so that carrying out both would do it twice.

    Tools and parameters have several names, accounts have ``names``, tokens symbols, and amounts several spellings.
    """
    return primary_name(one.tool) == primary_name(other.tool) and _asked(one, names) == _asked(other, names)


def _asked(call: ToolCall, names: Mapping[str, str]) -> dict[str, Any]:
    tool = _TOOLS.get(primary_name(call.tool))
    as_said = {name: value for name, value in call.arguments.items() if value is not None}
    if tool is None:
        return as_said
    try:
        arguments = tool.arguments.model_validate({name: as_said[name] for name in as_said if tool.takes(name)})
    except ValidationError:
        return as_said
    said = arguments.model_dump(exclude_none=True, exclude=_TERMS)
    meant = {name: _meant(value, names) if isinstance(value, str) else value for name, value in said.items()}
    return _counted(meant)


def _meant(text: str, names: Mapping[str, str]) -> str:
    """Return the address that ``text`` stands for, or the text where it stands for none."""
    name = text.strip()
    token = None if name in names else token_named(name)
    return names.get(name, name) if token is None else token.mint


def _counted(meant: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments with their amount in raw units."""
    token = token_of(_counts(meant))
    for name in ("amount", "shares"):
        if name in meant:
            meant[f"{name}_raw"] = _amount(meant.pop(name), None if token is None else token.decimals)
    return meant


def _counts(meant: Mapping[str, Any]) -> str:
    """Return the mint that the amount counts; a lending share has the decimals of its asset."""
    if meant.get("swap_mode") == "ExactOut":
        return str(meant["output_mint"])
    mints = (meant[name] for name in ("token", "input_mint", "asset_mint", "asset") if name in meant)
    return str(next(mints, SOL_MINT))


def _amount(text: str, decimals: int | None) -> object:
    """Return raw units, or the plain number of a token whose decimals are not known here."""
    if text.lower() in _EVERYTHING:
        return "max"
    try:
        number = parse_ui(text)
        return number if decimals is None else to_raw(number, decimals)
    except AmountError:
        return text
