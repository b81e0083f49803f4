from reev_types.tokens import SOL_MINT
from reev_types.tools import Observed, Refused


async def test_the_users_wallet_is_read_when_no_account_is_named(town):
    await town.chain.set_token_balance(town.alice, town.usdc, 1_500_000)
    result = await town.call("get_account_balance")
    assert isinstance(result, Observed)
    assert (result.data["account"], result.data["sol"], result.data["lamports"]) == (town.alice, "1", 10**9)
    assert [(token["symbol"], token["balance"], token["balance_raw"]) for token in result.data["tokens"]] == [
        ("USDC", "1.5", 1_500_000)
    ]


async def test_an_account_that_does_not_exist_is_empty_and_says_so(town):
    result = await town.call("get_account_balance", account="BOB")
    assert isinstance(result, Observed)
    assert (result.data["exists"], result.data["lamports"], result.data["tokens"]) == (False, 0, [])


async def test_a_token_account_is_read_by_its_address(town):
    address = await town.chain.set_token_balance(town.bob, town.usdc, 3)
    result = await town.call("get_account_balance", account=address)
    assert isinstance(result, Observed)
    assert [token["token_account"] for token in result.data["tokens"]] == [address]


async def test_one_token_can_be_asked_for(town):
    await town.chain.set_token_balance(town.alice, town.usdc, 1)
    await town.chain.set_token_balance(town.alice, "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB", 1)
    result = await town.call("get_account_balance", token="USDT")
    assert isinstance(result, Observed)
    assert [token["symbol"] for token in result.data["tokens"]] == ["USDT"]


async def test_wrapped_sol_is_called_by_a_name_of_its_own(town):
    await town.chain.set_token_balance(town.alice, SOL_MINT, 5 * 10**9)
    result = await town.call("get_account_balance")
    assert result.data["sol"] == "1"
    assert [(token["symbol"], token["mint"], token["balance"]) for token in result.data["tokens"]] == [
        ("wSOL", SOL_MINT, "5")
    ]


async def test_reading_changes_nothing(town):
    before = await town.chain.state_hash()
    await town.call("get_account_balance")
    assert await town.chain.state_hash() == before


async def test_an_unknown_account_is_refused(town):
    assert isinstance(await town.call("get_account_balance", account="NOBODY"), Refused)
