import json

import pytest

from reev_orchestrator.mocks import mock_wallet
from reev_types.errors import UserError

SOMEBODY = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"


@pytest.fixture
def context_file(tmp_path):
    path = tmp_path / "wallet.json"
    path.write_text(json.dumps({"owner": SOMEBODY, "sol_balance": 7}))
    return path


async def resolved(choice):
    return choice.on if not isinstance(choice.on, str) else (await choice.resolver.resolve(choice.on)).context


async def test_without_a_name_it_is_the_mock_wallet_balanced(chosen):
    choice = chosen()
    assert choice.about == "the mock wallet balanced"
    assert choice.arguments == ("--wallet", "demo:balanced")
    assert (await resolved(choice)).total_value_usd == mock_wallet().total_value_usd


async def test_an_address_is_a_mirror_of_the_mock_wallet_and_says_so(chosen):
    choice = chosen(SOMEBODY)
    context = await resolved(choice)
    assert (context.owner, context.sol_balance) == (SOMEBODY, 5_000_000_000)
    assert choice.about == f"{SOMEBODY}, mirrored with what the mock wallet balanced holds"


async def test_the_address_of_a_mock_wallet_is_that_wallet(chosen):
    assert chosen(mock_wallet("defi_power").owner).about == "the mock wallet defi_power"


async def test_a_context_file_counts_as_it_stands(chosen, context_file):
    choice = chosen(context=context_file)
    assert (await resolved(choice)).sol_balance == 7
    assert choice.arguments == ("--context", str(context_file))


def test_a_node_is_asked_about_an_address(chosen):
    choice = chosen(SOMEBODY, rpc_url="http://127.0.0.1:1")
    assert choice.about == f"{SOMEBODY}, mirrored from a node"
    assert choice.arguments == ("--wallet", SOMEBODY, "--rpc-url", "http://127.0.0.1:1")


@pytest.mark.parametrize(
    ("wallet", "rpc_url", "code"),
    [
        ("demo:nobody", None, "unknown_mock_wallet"),
        ("nobody", None, "invalid_wallet"),
        ("demo:balanced", "http://x", "rpc_without_wallet"),
        (None, "http://x", "rpc_without_wallet"),
    ],
)
def test_what_names_no_wallet_is_refused(chosen, wallet, rpc_url, code):
    with pytest.raises(UserError) as caught:
        chosen(wallet, rpc_url=rpc_url)
    assert caught.value.code == code


def test_a_wallet_and_a_context_exclude_each_other(chosen, context_file):
    with pytest.raises(UserError) as caught:
        chosen("demo:balanced", context_file)
    assert caught.value.code == "two_wallets"
    assert caught.value.suggestions
