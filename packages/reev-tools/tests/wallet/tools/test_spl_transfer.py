import pytest

from reev_types.addresses import decode_base58
from reev_types.amounts import U64_MAX
from reev_types.chain import AccountState
from reev_types.tokens import SOL_MINT, TOKEN_PROGRAM
from reev_types.tools import Executed, Failed, Refused

RENT = 2_039_280
TRANSFER_HOOK = 14
FEE = 5_000


async def give(town, raw=50_000_000):
    return await town.chain.set_token_balance(town.alice, town.usdc, raw)


@pytest.mark.parametrize("token", ["USDC", "usdc", "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"])
async def test_tokens_reach_the_recipients_wallet_whatever_the_token_is_called(town, token):
    await give(town)
    result = await town.call("spl_transfer", recipient="BOB", token=token, amount="15")
    assert isinstance(result, Executed)
    assert await town.tokens(town.bob) == 15_000_000
    assert await town.tokens(town.alice) == 35_000_000


async def test_a_missing_token_account_is_created_at_the_senders_cost(town):
    await give(town)
    before = await town.lamports(town.alice)
    result = await town.call("spl_transfer", recipient="BOB", token="USDC", amount="15")
    assert isinstance(result, Executed)
    assert result.details["recipient_account_created"] is True
    assert before - await town.lamports(town.alice) == RENT + FEE


async def test_an_existing_token_account_is_used_and_costs_no_rent(town):
    await give(town)
    account = await town.chain.set_token_balance(town.bob, town.usdc, 7)
    before = await town.lamports(town.alice)
    result = await town.call("spl_transfer", recipient="BOB", token="USDC", amount_raw=1)
    assert isinstance(result, Executed)
    assert result.details["recipient_account"] == account
    assert before - await town.lamports(town.alice) == FEE


async def test_a_token_account_may_be_named_as_the_recipient(town):
    await give(town)
    account = await town.chain.set_token_balance(town.bob, town.usdc, 0)
    result = await town.call("spl_transfer", recipient=account, token="USDC", amount="15")
    assert isinstance(result, Executed)
    assert await town.tokens(town.bob) == 15_000_000


async def test_max_leaves_no_token_behind(town):
    await give(town, 50_000_001)
    await town.call("spl_transfer", recipient="BOB", token="USDC", amount="max")
    assert await town.tokens(town.alice) == 0
    assert await town.tokens(town.bob) == 50_000_001


async def test_several_accounts_of_one_mint_are_used_together(town):
    own = await give(town, 10)
    state = await town.chain.account(own)
    second = town.keyring.address("SECOND")
    await town.chain.set_account(state.model_copy(update={"address": second}))
    result = await town.call("spl_transfer", recipient="BOB", token="USDC", amount_raw=15)
    assert isinstance(result, Executed)
    assert [(await town.chain.token_account(account)).amount_raw for account in (own, second)] == [0, 5]
    assert await town.tokens(town.bob) == 15


async def test_an_empty_account_is_passed_over(town):
    own = await give(town, 0)
    state = await town.chain.account(await give(town, 20))
    second = town.keyring.address("SECOND")
    await town.chain.set_account(state.model_copy(update={"address": second}))
    await give(town, 0)
    result = await town.call("spl_transfer", recipient="BOB", token="USDC", amount_raw=15)
    assert isinstance(result, Executed)
    assert [(await town.chain.token_account(account)).amount_raw for account in (own, second)] == [0, 5]


async def test_a_transfer_fee_is_withheld_and_told(town):
    mint = await town.mint_with_fee()
    await town.chain.set_token_balance(town.alice, mint, 100_000_000)
    result = await town.call("spl_transfer", recipient="BOB", token=mint, amount="10")
    assert isinstance(result, Executed)
    assert (result.details["sent_raw"], result.details["received_raw"]) == (10_000_000, 9_900_000)
    assert await town.tokens(town.bob, mint) == 9_900_000
    assert await town.tokens(town.alice, mint) == 90_000_000


async def test_the_transfer_fee_of_the_chain_equals_the_one_computed_for_any_amount(town):
    mint = await town.mint_with_fee()
    await town.chain.set_token_balance(town.alice, mint, U64_MAX)
    for raw in (1, 99, 100, 101, 499_999_999, 500_000_001, 10**15):
        before = await town.tokens(town.bob, mint)
        result = await town.call("spl_transfer", recipient="BOB", token=mint, amount_raw=raw)
        assert isinstance(result, Executed)
        assert await town.tokens(town.bob, mint) - before == result.details["received_raw"]


async def test_a_token_2022_mint_of_the_registry_is_transferred_by_its_program(town):
    await town.chain.set_token_balance(town.alice, "2b1kV6DkPAnxd5ixfnxCpjxmKwqjjaYmCZfHsFu24GXo", 5_000_000)
    result = await town.call("spl_transfer", recipient="BOB", token="PYUSD", amount="5")
    assert isinstance(result, Executed)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"token": "USDC", "amount": "50.000001"}, "insufficient_funds"),
        ({"token": "USDC", "amount_raw": 2**64 - 1}, "insufficient_funds"),
        ({"token": "USDC", "amount": "15.0000001"}, "too_precise"),
        ({"token": "USDC", "amount": "0"}, "zero_amount"),
        ({"token": "USDT", "amount": "1"}, "insufficient_funds"),
        ({"token": "USDT", "amount": "max"}, "zero_amount"),
        ({"token": "SOL", "amount": "1"}, "use_sol_transfer"),
        ({"token": SOL_MINT, "amount": "1"}, "use_sol_transfer"),
        ({"token": "USDX", "amount": "1"}, "unknown_token"),
        ({"token": TOKEN_PROGRAM, "amount": "1"}, "unknown_token"),
        ({"amount": "1"}, "bad_arguments"),
    ],
    ids=str,
)
async def test_what_cannot_be_meant_is_refused_and_nothing_is_sent(town, arguments, code):
    await give(town)
    before = await town.chain.state_hash()
    result = await town.call("spl_transfer", recipient="BOB", **arguments)
    assert isinstance(result, Refused)
    assert result.code == code
    assert await town.chain.state_hash() == before


async def test_a_shortfall_is_told_with_its_numbers(town):
    await give(town, 10_000_000)
    result = await town.call("spl_transfer", recipient="BOB", token="USDC", amount="15")
    assert isinstance(result, Refused)
    assert result.message == "the transfer takes 15 USDC, the wallet has 10 USDC"


async def test_a_token_2022_account_costs_its_own_rent(town):
    mint = "2b1kV6DkPAnxd5ixfnxCpjxmKwqjjaYmCZfHsFu24GXo"
    await town.chain.set_token_balance(town.alice, mint, 5_000_000)
    await town.chain.set_lamports(town.alice, FEE + 2_074_080 - 1)
    result = await town.call("spl_transfer", recipient="BOB", token="PYUSD", amount="5")
    assert isinstance(result, Refused)
    assert "takes 0.00207908 SOL" in result.message
    await town.chain.set_lamports(town.alice, FEE + 2_074_080)
    assert isinstance(await town.call("spl_transfer", recipient="BOB", token="PYUSD", amount="5"), Executed)


async def test_what_is_left_of_the_senders_sol_must_keep_the_wallet(town):
    await give(town)
    await town.chain.set_lamports(town.alice, FEE + RENT + 1)
    result = await town.call("spl_transfer", recipient="BOB", token="USDC", amount="15")
    assert isinstance(result, Refused)
    assert result.code == "below_rent"


@pytest.mark.parametrize("lamports", [0, FEE - 1, FEE + RENT - 1])
async def test_the_cost_of_creating_an_account_must_be_there(town, lamports):
    await give(town)
    await town.chain.set_lamports(town.alice, lamports)
    result = await town.call("spl_transfer", recipient="BOB", token="USDC", amount="15")
    assert isinstance(result, Refused)
    assert "creating the recipient's token account takes 0.00204428 SOL" in result.message


async def test_an_account_for_another_mint_is_no_recipient(town):
    await give(town)
    other = await town.chain.set_token_balance(town.bob, "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB", 0)
    result = await town.call("spl_transfer", recipient=other, token="USDC", amount="1")
    assert isinstance(result, Refused)
    assert "is a token account for USDT" in result.message


@pytest.mark.parametrize("recipient", ["ALICE", "own", "mint"])
async def test_a_recipient_that_makes_no_sense_is_refused(town, recipient):
    own = await give(town)
    places = {"own": own, "mint": town.usdc}
    result = await town.call("spl_transfer", recipient=places.get(recipient, recipient), token="USDC", amount="1")
    assert isinstance(result, Refused)
    assert result.code == "invalid_recipient"


async def token_state(town, owner, *, frozen=False, new_owner=None):
    """Return where ``owner`` keeps USDC, after an authority has meddled with it."""
    address = await town.chain.set_token_balance(owner, town.usdc, 0)
    state = await town.chain.account(address)
    data = bytearray(state.data)
    if frozen:
        data[108] = 2
    if new_owner:
        data[32:64] = decode_base58(new_owner)
    await town.chain.set_account(
        AccountState(address=address, owner=state.owner, lamports=state.lamports, data=bytes(data))
    )
    return address


@pytest.mark.parametrize("by_wallet", [True, False])
async def test_a_frozen_account_receives_nothing(town, by_wallet):
    await give(town)
    address = await token_state(town, town.bob, frozen=True)
    result = await town.call("spl_transfer", recipient="BOB" if by_wallet else address, token="USDC", amount="1")
    assert isinstance(result, Refused)
    assert "frozen" in result.message


async def test_an_account_that_was_given_away_does_not_stand_for_its_first_owner(town):
    await give(town)
    await token_state(town, town.bob, new_owner=town.carol)
    result = await town.call("spl_transfer", recipient="BOB", token="USDC", amount="1")
    assert isinstance(result, Refused)
    assert "has been given to" in result.message


async def test_a_frozen_source_is_not_counted(town):
    await token_state(town, town.alice, frozen=True)
    result = await town.call("spl_transfer", recipient="BOB", token="USDC", amount="1")
    assert isinstance(result, Refused)
    assert result.code == "insufficient_funds"


async def test_a_mint_whose_extensions_change_what_a_transfer_means_is_refused(town):
    mint = await town.new_mint("HOOK", decimals=6, extensions=[(TRANSFER_HOOK, bytes(32) + b"\x01" * 32)])
    result = await town.call("spl_transfer", recipient="BOB", token=mint, amount="1")
    assert isinstance(result, Refused)
    assert result.code == "unsupported_token"


async def test_a_transaction_that_the_chain_rejects_is_reported_with_its_logs(town):
    own = await give(town)
    real = town.chain.mint

    async def wrong_decimals(address):
        info = await real(address)
        return info.model_copy(update={"decimals": 5}) if info else None

    town.chain.mint = wrong_decimals
    result = await town.call("spl_transfer", recipient="BOB", token="USDC", amount_raw=1)
    assert isinstance(result, Failed)
    assert result.code == "program_error"
    assert result.fee_lamports == FEE
    assert any("failed" in line for line in result.logs)
    assert (await town.chain.token_account(own)).amount_raw == 50_000_000
