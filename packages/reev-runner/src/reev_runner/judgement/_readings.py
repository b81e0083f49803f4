"""What an assertion demands, and what the chain or the market says about it before and after a run."""

from __future__ import annotations

from math import floor
from typing import NamedTuple, assert_never

from reev_types.assertions import (
    CapitalReserve,
    JupiterLendingPosition,
    MultiPoolDiversification,
    SolBalance,
    SolBalanceChange,
    TokenAccountBalance,
    TokenAccountBalanceChange,
    TotalPortfolioValue,
)
from reev_types.benchmarks import TestCase

from ._bounds import Clause, between, clauses
from ._evidence import Evidence, StateView, Valuation
from ._subjects import TokenAssertion, address_of, token_subject
from ._units import SOL_UNIT, USD_UNIT, Unit, unit_of
from ._worth import Unknown, lent_raw, worth

__all__ = ["Counted", "Reading", "Whole", "read"]

_POOLS = Unit("pools", 0)

Whole = int | Unknown


class Reading(NamedTuple):
    """A whole number before and after a run, with the demands on it."""

    subject: str
    demands: tuple[Clause, ...]
    unit: Unit
    before: Whole
    after: Whole


Counted = (
    SolBalance
    | SolBalanceChange
    | CapitalReserve
    | TokenAssertion
    | TotalPortfolioValue
    | JupiterLendingPosition
    | MultiPoolDiversification
)
"""Every assertion about a whole number: all but ``LiquidityRatio``."""


def read(assertion: Counted, case: TestCase, evidence: Evidence) -> Reading:
    """Return what ``assertion`` is about; raises BenchmarkError ``unknown_account``."""
    match assertion:
        case SolBalance() | SolBalanceChange() | CapitalReserve():
            return _lamports(assertion, evidence)
        case TokenAccountBalance() | TokenAccountBalanceChange():
            return _tokens(assertion, case, evidence)
        case TotalPortfolioValue():
            return _value(assertion, evidence)
        case JupiterLendingPosition():
            return _position(assertion, evidence)
        case MultiPoolDiversification():
            return _pools(assertion, evidence)
        case _:  # pragma: no cover  # mypy proves that no assertion type is left
            assert_never(assertion)


def _lamports(assertion: SolBalance | SolBalanceChange | CapitalReserve, evidence: Evidence) -> Reading:
    address = address_of(assertion.pubkey, evidence.addresses)
    before, after = (view.lamports.get(address, 0) for view in (evidence.before, evidence.after))
    return Reading(f"SOL of {assertion.pubkey}", clauses(assertion), SOL_UNIT, before, after)


def _tokens(assertion: TokenAssertion, case: TestCase, evidence: Evidence) -> Reading:
    subject = token_subject(assertion, case.accounts, evidence.addresses, evidence.ata)
    unit = unit_of(subject.mint)
    before, after = (view.tokens_raw.get(subject.address, 0) for view in (evidence.before, evidence.after))
    return Reading(f"{unit.symbol} of {subject.owner_name}", clauses(assertion), unit, before, after)


def _value(assertion: TotalPortfolioValue, evidence: Evidence) -> Reading:
    wallet = address_of(assertion.pubkey, evidence.addresses)
    before = _micro_usd(wallet, evidence.before, evidence.valuation_before)
    after = _micro_usd(wallet, evidence.after, evidence.valuation)
    return Reading(f"value of {assertion.pubkey}", clauses(assertion), USD_UNIT, before, after)


def _micro_usd(wallet: str, view: StateView, valuation: Valuation | None) -> Whole:
    value = worth(wallet, view, valuation)
    return value if isinstance(value, Unknown) else floor(value.total)


def _position(assertion: JupiterLendingPosition, evidence: Evidence) -> Reading:
    wallet, unit = address_of(assertion.pubkey, evidence.addresses), unit_of(assertion.mint)
    before, after = (
        lent if isinstance(lent, Unknown) else lent.get(assertion.mint, 0)
        for lent in (lent_raw(wallet, evidence.valuation_before), lent_raw(wallet, evidence.valuation))
    )
    return Reading(f"lent {unit.symbol} of {assertion.pubkey}", clauses(assertion), unit, before, after)


def _pools(assertion: MultiPoolDiversification, evidence: Evidence) -> Reading:
    wallet = address_of(assertion.pubkey, evidence.addresses)
    before, after = (
        lent if isinstance(lent, Unknown) else len(lent)
        for lent in (lent_raw(wallet, evidence.valuation_before), lent_raw(wallet, evidence.valuation))
    )
    demands = between(assertion.min_pools, assertion.max_pools)
    return Reading(f"lending positions of {assertion.pubkey}", demands, _POOLS, before, after)
