"""The identity of a run: equal runs have equal hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from reev_types.chain import TransactionOutcome
from reev_types.events import Event, RunStarted, TransactionReturned, TransactionSent, WorldPrepared

__all__ = ["run_hash"]


def run_hash(events: Iterable[Event]) -> str:
    """Return SHA-256 over market, benchmark, seed, agent, transactions, logs, compute units and final balances.

    Nothing that depends on wall time, paths or session ids enters it.
    """
    identity: dict[str, Any] = {}
    transactions: list[Any] = []
    balances: dict[str, Any] = {}
    for event in events:
        match event:
            case RunStarted():
                identity = {
                    "market": event.market_hash,
                    "benchmark": event.benchmark_hash,
                    "seed": event.seed,
                    "agent": event.agent,
                }
            case WorldPrepared():
                balances.update({account.address: [account.lamports, account.amount_raw] for account in event.accounts})
            case TransactionSent():
                transactions.append(event.raw.hex())
            case TransactionReturned():
                transactions.append(_outcome(event.outcome))
                balances.update(_balances(event.outcome))
            case _:
                pass
    document = [identity, transactions, balances]
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _outcome(outcome: TransactionOutcome) -> list[Any]:
    failure = outcome.failure.code if outcome.failure else None
    return [outcome.landed, failure, outcome.compute_units, outcome.fee_lamports, list(outcome.logs)]


def _balances(outcome: TransactionOutcome) -> dict[str, list[int | None]]:
    return {
        change.address: [change.lamports_after, change.token.after_raw if change.token else None]
        for change in outcome.changes
    }
