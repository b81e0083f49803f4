"""Transactions in words: what they did, what they cost, and why they failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text
from rich.tree import Tree

from reev_tools.decoding import InnerView, describe_inner
from reev_types.chain import TransactionFailure, TransactionOutcome
from reev_types.events import InstructionView, TransactionSent

from ._names import Names, amount
from ._style import BAD, FAINT, STRONG, UNSURE, Detail, Piece, line, mark_of
from ._text import one_line, shortened
from ._trace import Transaction

__all__ = ["add_transaction", "instruction_line"]

_SHOWN_LOGS = 4
_MANY_ACCOUNTS = 8
"""So many are listed only when verbose: a route names those of all its venues."""
_RAW_FORMS = frozenset(
    {
        *("lamports", "amount_raw", "decimals"),
        *("in_amount", "out_amount", "quoted_in_amount", "quoted_out_amount", "input_amount", "output_amount"),
        *("assets", "shares", "min_amount_out", "max_assets", "max_shares_burn"),
        "route_plan",
    }
)
"""Arguments that an ``amount`` in the same instruction already says, or its ``route``."""


def add_transaction(parent: Tree, transaction: Transaction, names: Names, detail: Detail) -> None:
    """Hang a transaction with its instructions and, where it failed, its reasons under ``parent``."""
    node = parent.add(line(*_headline(transaction, detail)))
    if detail is Detail.BRIEF:
        return
    outcome = transaction.outcome
    beneath = describe_inner(outcome) if outcome else {}
    for index, view in enumerate(transaction.sent.instructions):
        _add_inner(node.add(instruction_line(view, names, detail)), beneath.get(index, ()), names, detail)
    if outcome is None:
        return
    if outcome.failure:
        node.add(line(("why ", STRONG), *_failure_pieces(outcome.failure, transaction.sent, names)))
    for text in _logs(outcome, names, detail):
        node.add(line(("log ", FAINT), (text, FAINT)))


def _add_inner(parent: Tree, beneath: Iterable[InnerView], names: Names, detail: Detail) -> None:
    callers = [parent]
    for depth, view in beneath:
        del callers[depth:]
        if detail is Detail.VERBOSE or _moves_something(view):
            callers.append(callers[-1].add(instruction_line(view, names, detail)))


def _moves_something(view: InstructionView) -> bool:
    # What Jupiter's programs call and log themselves are events of swaps and loans.
    return "amount" in view.arguments or view.program.startswith("Jupiter")


def _headline(transaction: Transaction, detail: Detail) -> Iterator[Piece]:
    signature = transaction.sent.signature
    name = one_line(signature) if detail is Detail.VERBOSE else shortened(signature)
    outcome = transaction.outcome
    if outcome is None:
        yield from (mark_of(None), f" transaction {name} was sent; the journal does not say what became of it")
        return
    yield from (mark_of(outcome.succeeded), f" transaction {name} ", _fate(outcome))
    if detail is Detail.BRIEF:
        yield f" · {', '.join(map(_kind, transaction.sent.instructions))}"
    if transaction.settled:
        yield (" · found out later", UNSURE)
    yield (f" · fee {amount(outcome.fee_lamports)} · {outcome.compute_units:,} CU", FAINT)


def instruction_line(view: InstructionView, names: Names, detail: Detail) -> Text:
    """Return an instruction as ``Token TransferChecked 15 USDC SENDER → RECIPIENT``."""
    accounts = dict(view.accounts)
    pieces: list[Piece] = [(_kind(view), STRONG)]
    pieces += [f"  {text}" for text in _arguments(view, names, detail)]
    moved = "source" in accounts and "destination" in accounts
    if moved:
        pieces.append(f"  {names.address(accounts.pop('source'))} → {names.address(accounts.pop('destination'))}")
    if detail is not Detail.VERBOSE and (moved or len(accounts) >= _MANY_ACCOUNTS):
        accounts = {}
    pieces += [(f"  {_role(role)} {names.value(address)}", FAINT) for role, address in accounts.items()]
    return line(*pieces)


def _kind(view: InstructionView) -> str:
    return f"{one_line(view.program, 60)} {one_line(view.name, 60)}"


def _arguments(view: InstructionView, names: Names, detail: Detail) -> Iterator[str]:
    said = view.arguments.get("amount")
    if said is not None:
        yield one_line(said)
    for name, value in view.arguments.items():
        if name == "amount" or (said is not None and name in _RAW_FORMS and detail is not Detail.VERBOSE):
            continue
        yield f"{one_line(name, 40)}={names.value(value)}"


def _role(role: str) -> str:
    return one_line(role, 40).replace("_", " ")


def _fate(outcome: TransactionOutcome) -> Piece:
    if outcome.succeeded:
        return "landed"
    return ("landed and failed", BAD) if outcome.landed else ("was rejected, nothing happened on chain", BAD)


def _failure_pieces(failure: TransactionFailure, sent: TransactionSent, names: Names) -> Iterator[Piece]:
    yield (names.within(failure.message), BAD)
    yield (f" ({failure.code}", FAINT)
    if failure.custom_code is not None:
        yield (f" {failure.custom_code}", FAINT)
    index = failure.instruction_index
    if index is not None and 0 <= index < len(sent.instructions):
        yield (f", instruction {index + 1}: {_kind(sent.instructions[index])}", FAINT)
    yield (")", FAINT)


def _logs(outcome: TransactionOutcome, names: Names, detail: Detail) -> Iterator[str]:
    if detail is not Detail.VERBOSE and outcome.failure is None:
        return
    logs = outcome.logs if detail is Detail.VERBOSE else outcome.logs[-_SHOWN_LOGS:]
    if len(logs) < len(outcome.logs):
        yield f"… {len(outcome.logs) - len(logs)} more with --verbose"
    yield from (one_line(log, 400) if detail is Detail.VERBOSE else names.within(log) for log in logs)
