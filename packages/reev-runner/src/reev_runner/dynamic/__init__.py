"""Dynamic flows: what a person types becomes a test case, at once or by way of a YAML file, and runs like any other.

``run_benchmarks_with_source`` runs a ``BenchmarkSource``; ``plan_source`` and ``run_planned`` are its two halves for
whoever shows a plan before it is executed.
"""

from ._document import document_of
from ._planner_model import model_reader
from ._planning import FlowTerms, PlannedFlow, plan_flow
from ._quotes import MarketQuotes
from ._sources import (
    DynamicOptions,
    FlowMode,
    plan_source,
    planned_job,
    run_benchmarks_with_source,
    run_planned,
    source_of,
)
from ._wallets import WalletChoice, choose_wallet

__all__ = [
    "DynamicOptions",
    "FlowMode",
    "FlowTerms",
    "MarketQuotes",
    "PlannedFlow",
    "WalletChoice",
    "choose_wallet",
    "document_of",
    "model_reader",
    "plan_flow",
    "plan_source",
    "planned_job",
    "run_benchmarks_with_source",
    "run_planned",
    "source_of",
]
