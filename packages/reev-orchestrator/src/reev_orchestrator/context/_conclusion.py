"""What the sources answered, concluded: the context, its ages and everything that has to be said about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TypeAlias

from reev_types.amounts import format_ui
from reev_types.contexts import WalletContext
from reev_types.errors import BackendError
from reev_types.sources import TokenFacts, TokenHolding, WalletHoldings
from reev_types.tokens import symbol_of

from ._assembly import assemble
from ._cache import Outcome
from ._resolved import ContextAges, ResolvedContext
from ._store import Entry
from ._value import unpriced

__all__ = ["Facts", "Prices", "concluded"]

Prices: TypeAlias = Mapping[str, Outcome[Decimal | None]]
Facts: TypeAlias = Mapping[str, Outcome[TokenFacts | None]]
_NAMED = 5


def concluded(held: Entry[WalletHoldings], prices: Prices, facts: Facts, now: float) -> ResolvedContext:
    """Return the context as of ``now``; raises SourceError ``decimals_mismatch``."""
    known = {mint: entry.value for mint, entry in facts.items() if isinstance(entry, Entry) and entry.value is not None}
    entries = {mint: entry for mint, entry in prices.items() if isinstance(entry, Entry)}
    priced = {mint: entry.value for mint, entry in entries.items() if entry.value is not None}
    ages = {mint: now - entries[mint].asked_at for mint in priced}
    stale = {mint: fault for mint in priced if (fault := entries[mint].fault) is not None}
    lost = {mint: fault for mint, fault in prices.items() if isinstance(fault, BackendError)}
    context = assemble(held.value, priced, known)
    warnings = (
        *([f"the balances are {now - held.asked_at:.0f} s old: {held.fault}"] if held.fault else []),
        *_stale_prices(stale, ages),
        *(f"the price of {_named(mints)} is not known: {said}" for said, mints in _by_message(lost).items()),
        *_remarks(context, held.value, lost),
    )
    is_stale = held.fault is not None or bool(stale)
    oldest = max(ages.values(), default=None)
    return ResolvedContext(context, ContextAges(now - held.asked_at, oldest), warnings, is_stale)


def _stale_prices(stale: Mapping[str, Exception], ages: Mapping[str, float]) -> Iterator[str]:
    for said, mints in _by_message(stale).items():
        oldest = max(ages[mint] for mint in mints)
        yield f"the price of {_named(mints)} is {oldest:.0f} s old: {said}"


def _remarks(context: WalletContext, holdings: WalletHoldings, lost: Collection[str]) -> Iterator[str]:
    """Yield what has to be said even when every source answered."""
    if holdings.left_out:
        yield f"{holdings.left_out} more tokens of the wallet are not listed"
    unknown = [mint for mint in unpriced(context) if mint not in lost]
    if unknown:
        yield f"no price is known for {_named(unknown)}"
    uncounted = [token.mint for token in context.token_balances.values() if token.balance and token.decimals is None]
    if uncounted:
        yield f"the decimals of {_named(uncounted)} are not known"
    for token in holdings.tokens:
        if token.frozen_raw:
            yield f"{_frozen(context, token)} {symbol_of(token.mint)} is frozen, cannot be moved and is not counted"


def _by_message(faults: Mapping[str, Exception]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for mint, fault in faults.items():
        groups.setdefault(str(fault), []).append(mint)
    return groups


def _named(mints: Iterable[str]) -> str:
    """Return symbols in one phrase, the first five by name."""
    symbols = [symbol_of(mint) for mint in mints]
    more = len(symbols) - _NAMED
    return ", ".join(symbols[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _frozen(context: WalletContext, token: TokenHolding) -> str:
    decimals = context.token_balances[token.mint].decimals
    return f"{token.frozen_raw} raw units of" if decimals is None else format_ui(token.frozen_raw, decimals)
