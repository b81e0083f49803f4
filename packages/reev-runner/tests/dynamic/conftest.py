from __future__ import annotations

import pytest

from reev_orchestrator.mocks import MOCK_PRICES, mock_wallet
from reev_runner.dynamic import DynamicOptions, choose_wallet, document_of, plan_source
from reev_runner.suite import SuiteOptions, renderer
from reev_types.benchmarks import DynamicFlow


@pytest.fixture
def options(tmp_path, still_clock, counted_ids):
    return SuiteOptions(out=tmp_path / "runs", clock=still_clock, ids=counted_ids)


@pytest.fixture
def chosen(still_clock):
    """Choose a wallet by name, address, file or node."""
    return lambda wallet=None, context=None, rpc_url=None: choose_wallet(
        wallet, context, rpc_url, prices_usd=MOCK_PRICES, clock=still_clock
    )


@pytest.fixture
def planned(options, chosen):
    """Plan a sentence on a wallet, by default the mock wallet balanced."""

    def planned(prompt, wallet=None, **dynamic):
        source = DynamicFlow(prompt=prompt, wallet=mock_wallet().owner)
        return plan_source(source, options, DynamicOptions(**dynamic), chosen(wallet))

    return planned


@pytest.fixture
def document(planned):
    """Return the benchmark of a sentence as plain values."""
    return lambda prompt, wallet=None: document_of(planned(prompt, wallet).plan, renderer())
