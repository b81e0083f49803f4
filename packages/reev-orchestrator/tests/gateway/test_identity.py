import re

from reev_orchestrator.gateway import flow_id
from reev_orchestrator.mocks import mock_wallet


def test_an_id_is_one_of_a_benchmark():
    assert re.fullmatch(r"dynamic-[0-9a-f]{12}", flow_id("swap 0.1 SOL to USDC", mock_wallet()))


def test_ids_tell_sentences_and_wallets_apart():
    wallets = (mock_wallet(), mock_wallet("sol_only"))
    ids = {flow_id(prompt, wallet) for prompt in ("swap 1 SOL to USDC", "swap 2 SOL to USDC") for wallet in wallets}
    assert len(ids) == 4


def test_equal_flows_have_equal_ids():
    assert flow_id("a", mock_wallet()) == flow_id("a", mock_wallet())
