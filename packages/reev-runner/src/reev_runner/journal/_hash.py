"""The identity of a run: equal runs have equal hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from reev_types.agents import GaveUp, RefusedByAgent
from reev_types.amounts import DEFAULT_SOL_RESERVE_LAMPORTS
from reev_types.chain import TransactionOutcome
from reev_types.events import Event, StepEnded

__all__ = ["run_hash"]

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def run_hash(events: Iterable[Event]) -> str:
    """Return SHA-256 over everything that makes a run what it is.

    Market, benchmark, seed, agent, transactions with logs and compute units, how steps ended, a rollback, and final
    balances.
    Nothing that depends on wall time, paths or session ids enters it.
    """
    identity: dict[str, Any] = {}
    transactions: list[Any] = []
    balances: dict[str, Any] = {}
    first_balances: dict[str, Any] = {}
    endings: list[Any] = []
    for event in events:
        match event.type:
            case "run_started":
                identity = {
                    "market": event.market_hash,
                    "benchmark": event.benchmark_hash,
                    "seed": event.seed,
                    "agent": event.agent,
                    **_reserve(event.sol_reserve_lamports),
                }
            case "world_prepared":
                first_balances = {
                    account.address: [account.lamports, account.amount_raw, account.owner] for account in event.accounts
                }
                balances.update(first_balances)
            case "transaction_sent":
                transactions.append(event.raw.hex())
            case "transaction_returned":
                transactions.append(_outcome(event.outcome))
                balances.update(_balances(event.outcome))
            case "step_ended":
                endings.append(_ending(event))
            case "rolled_back":
                balances = dict(first_balances)
                endings.append([event.type, event.hash_before_flow, event.hash_now, None])
            case _:
                pass
    document = [identity, transactions, balances, endings]
    return hashlib.sha256(_CANONICAL.encode(document).encode()).hexdigest()


def _reserve(lamports: int) -> dict[str, int]:
    """Return what sets a run apart from those with the usual reserve, whose identity says nothing of it."""
    return {} if lamports == DEFAULT_SOL_RESERVE_LAMPORTS else {"sol_reserve_lamports": lamports}


def _ending(event: StepEnded) -> list[str | None]:
    outcome = event.outcome
    code = outcome.code if isinstance(outcome, RefusedByAgent | GaveUp) else None
    return [event.step_id, event.status, outcome.kind if outcome else None, code]


def _outcome(outcome: TransactionOutcome) -> list[Any]:
    failure = outcome.failure.code if outcome.failure else None
    return [outcome.landed, failure, outcome.compute_units, outcome.fee_lamports, list(outcome.logs)]


def _balances(outcome: TransactionOutcome) -> dict[str, list[Any]]:
    return {
        change.address: [change.lamports_after, *((token.after_raw, token.owner_after) if token else (None, None))]
        for change in outcome.changes
        for token in (change.token,)
    }
