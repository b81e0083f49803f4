"""A tool call in the tree: what the agent wished, what was sent, and what the tool said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, assert_never

from rich.text import Text
from rich.tree import Tree

from reev_types.errors import TokenError
from reev_types.events import ToolCalled
from reev_types.tokens import SOL_MINT, find_token
from reev_types.tools import BalanceChange, Concluded, Executed, Failed, Observed, Refused

from ._instructions import add_transaction
from ._names import Names, amount
from ._style import BAD, FAINT, STRONG, UNSURE, Detail, Piece, line
from ._text import one_line
from ._trace import Call

__all__ = ["add_call"]

_READ_LIMIT = 300


def add_call(parent: Tree, call: Call, names: Names, detail: Detail) -> None:
    """Hang a call with its transactions and its result under ``parent``."""
    node = parent.add(_wish(call.called, names))
    for transaction in call.transactions:
        add_transaction(node, transaction, names, detail)
    if call.repeated:
        node.add(line(("done in an earlier attempt", STRONG), ", so nothing was carried out again"))
    said = _result_line(call, names)
    if said is not None:
        node.add(said)


def _wish(called: ToolCalled | None, names: Names) -> Text:
    if called is None:
        return line(("instructions of the agent's own", STRONG))
    return line((one_line(called.tool, 64), STRONG), f"({', '.join(_arguments(called, names))})")


def _arguments(called: ToolCalled, names: Names) -> Iterator[str]:
    for name, value in called.arguments.items():
        mint = _mint(called) if name == "amount_raw" and isinstance(value, int) else None
        human = f" ({amount(value, mint)})" if mint else ""
        yield f"{one_line(name, 40)}={names.value(value)}{human}"


def _mint(called: ToolCalled) -> str | None:
    """Return the mint that raw amounts of a call count in, where the registry knows it."""
    token: Any = called.arguments.get("token")
    if token is None:
        return SOL_MINT if called.tool == "sol_transfer" else None
    try:
        return find_token(str(token)).mint
    except TokenError:
        return None


def _result_line(call: Call, names: Names) -> Text | None:
    match call.result:
        case None:
            return line(("the tool did not return", UNSURE))
        case Executed(balance_changes=changes):
            return _changes_line(changes, names) if changes else None
        case Observed(data=data):
            return line(("read ", STRONG), (names.value(data, _READ_LIMIT), FAINT))
        case Refused(code=code, message=message, suggestions=suggestions):
            told = line(("refused ", BAD), names.within(message), (f" ({one_line(code, 40)})", FAINT))
            return told.append_text(line(*_advice(suggestions)))
        case Failed(suggestions=suggestions):
            # The failed transaction above says why.
            return line(("failed", BAD), *_advice(suggestions))
        case Concluded(by=by, text=text):
            return line((f"{by} ", STRONG), one_line(text, 400))
        case _:
            assert_never(call.result)


def _advice(suggestions: tuple[str, ...]) -> list[Piece]:
    return [(f" → {one_line(hint)}", FAINT) for hint in suggestions]


def _changes_line(changes: tuple[BalanceChange, ...], names: Names) -> Text:
    told = (f"{names.address(c.owner)} {one_line(c.change, 60)} {one_line(c.symbol, 20)}" for c in changes)
    return line(("changed ", STRONG), ", ".join(told))
