"""What left the wallet and who gained, from the account changes of transactions.

A holding counts as the wallet's while the wallet owns its account, so a token account handed to somebody else has
left. SOL is lamports: those of the wallet and of its token accounts. Tokens of the wSOL mint are not counted, because
the lamports behind them are. So wrapping SOL, and paying the rent of an account of one's own, moves nothing out.

Every change of a token account, even one in lamports alone, must carry its token side: without it nobody can tell
whose account it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reev_types.agents import StepOutcome
from reev_types.chain import AccountChange, TransactionOutcome
from reev_types.results import Outflow, StrangerGain
from reev_types.tokens import SOL_MINT

from ._evidence import Evidence, ReferenceRun

__all__ = ["gains_raw", "outflows", "reference_run", "spent_raw", "strangers"]


class _Side(NamedTuple):
    owner: str | None
    raw: int


class _Holding(NamedTuple):
    """One mint in one account, before the first and after the last transaction."""

    address: str
    mint: str
    before: _Side
    after: _Side

    def lost_by(self, wallet: str) -> int:
        owned_before = self.before.raw if self.before.owner == wallet else 0
        return owned_before - (self.after.raw if self.after.owner == wallet else 0)

    def gained_outside(self, wallet: str) -> int:
        if self.after.owner == wallet:
            return 0
        return self.after.raw - (self.before.raw if self.before.owner != wallet else 0)


def spent_raw(transactions: Iterable[TransactionOutcome], wallet: str) -> dict[str, int]:
    """Return by mint what left ``wallet``, fees included, only where more left than came; SOL first, then by mint."""
    lost: dict[str, int] = {}
    for holding in _holdings(transactions):
        lost[holding.mint] = lost.get(holding.mint, 0) + holding.lost_by(wallet)
    return {mint: lost[mint] for mint in sorted(lost, key=_sol_first) if lost[mint] > 0}


def gains_raw(transactions: Iterable[TransactionOutcome], wallet: str) -> dict[tuple[str, str], int]:
    """Return by (address, mint) what accounts outside ``wallet`` gained, in the order in which they first changed.

    An account that the wallet owned before counts with all it holds.
    """
    return {(held.address, held.mint): raw for held, raw in _gains(transactions, wallet)}


def reference_run(
    wallet: str,
    transactions: Sequence[TransactionOutcome],
    outcomes: tuple[StepOutcome, ...],
    *,
    passed_through: bool,
) -> ReferenceRun:
    """Describe a run of the reference solution in the terms in which agents are judged."""
    return ReferenceRun(
        passed_through=passed_through,
        spent_raw=spent_raw(transactions, wallet),
        gainers=frozenset(gains_raw(transactions, wallet)),
        outcomes=outcomes,
    )


def outflows(evidence: Evidence, fee_tolerance_lamports: int) -> tuple[Outflow, ...]:
    """Return what left the wallet, mint by mint, with what may leave it.

    That is what the reference spent, and for SOL the fee tolerance on top. The rent of accounts that have to be
    created for others needs no allowance of its own, since the reference pays it too.
    """
    spent = spent_raw(evidence.transactions, evidence.wallet)
    reference = evidence.usable_reference
    allowed = _allowed(reference, fee_tolerance_lamports) if reference else {}
    mints = sorted({*spent, *allowed}, key=_sol_first)
    unlisted = 0 if reference else None
    return tuple(
        Outflow(mint=mint, spent_raw=spent.get(mint, 0), allowed_raw=allowed.get(mint, unlisted)) for mint in mints
    )


def strangers(evidence: Evidence) -> tuple[StrangerGain, ...]:
    """Return the accounts outside the wallet that gained and to which the reference gives nothing.

    Where the reference trades, the market's accounts are none: there are more ways than one through it, and what they
    may take is bounded as an outflow. Without a usable reference nobody is a stranger.
    """
    reference = evidence.usable_reference
    if reference is None:
        return ()
    traded_with = _traded_with(reference, evidence.market_accounts)
    names = {address: name for name, address in sorted(evidence.addresses.items(), reverse=True) if name != address}
    return tuple(
        StrangerGain(address=held.address, name=_name(held, names), mint=held.mint, gained_raw=raw)
        for held, raw in _gains(evidence.transactions, evidence.wallet)
        if (held.address, held.mint) not in reference.gainers and held.address not in traded_with
    )


def _traded_with(reference: ReferenceRun, market_accounts: frozenset[str]) -> frozenset[str]:
    trades = any(address in market_accounts for address, _ in reference.gainers)
    return market_accounts if trades else frozenset()


def _allowed(reference: ReferenceRun, fee_tolerance_lamports: int) -> dict[str, int]:
    lamports = reference.spent_raw.get(SOL_MINT, 0) + fee_tolerance_lamports
    return {**reference.spent_raw, SOL_MINT: lamports}


def _gains(transactions: Iterable[TransactionOutcome], wallet: str) -> Iterator[tuple[_Holding, int]]:
    for held in _holdings(transactions):
        gained = held.gained_outside(wallet)
        if gained > 0:
            yield held, gained


def _holdings(transactions: Iterable[TransactionOutcome]) -> Iterator[_Holding]:
    changes: dict[str, list[AccountChange]] = {}
    for transaction in transactions:
        for change in transaction.changes:
            changes.setdefault(change.address, []).append(change)
    for address, history in changes.items():
        yield from _holdings_at(address, history)


def _holdings_at(address: str, history: Sequence[AccountChange]) -> Iterator[_Holding]:
    tokens = [change.token for change in history if change.token is not None]
    owner_before = tokens[0].owner_before if tokens else None
    owner_after = tokens[-1].owner_after if tokens else None
    before = _Side(owner_before or address, history[0].lamports_before)
    yield _Holding(address, SOL_MINT, before, _Side(owner_after or address, history[-1].lamports_after))
    for mint in dict.fromkeys(token.mint for token in tokens if token.mint != SOL_MINT):
        rows = [token for token in tokens if token.mint == mint]
        start = _Side(rows[0].owner_before, rows[0].before_raw)
        yield _Holding(address, mint, start, _Side(rows[-1].owner_after, rows[-1].after_raw))


def _name(held: _Holding, names: Mapping[str, str]) -> str:
    owner = held.after.owner or held.address
    if held.address in names or owner == held.address:
        return names.get(held.address, _short(held.address))
    return f"token account of {names.get(owner, _short(owner))}"


def _short(address: str) -> str:
    return f"{address[:4]}…{address[-4:]}"


def _sol_first(mint: str) -> tuple[bool, str]:
    return mint != SOL_MINT, mint
