"""A swap instruction says what was quoted, between the wallet's own accounts, or it is not sent."""

from __future__ import annotations

import pytest

from reev_tools.jupiter import QuoteRequest, SwapInstructionsRequest, WireInstruction
from reev_tools.jupiter.sandbox import SandboxJupiter
from reev_tools.market import Market
from reev_tools.market.swap import SWAP_PROGRAM, decode_arguments, encode_arguments
from reev_tools.programs import transfer_lamports
from reev_tools.wallet import Wallet
from reev_tools.wallet._holdings import holding_of, tradable_mint
from reev_tools.wallet._swap_terms import SwapTerms
from reev_types.tokens import SOL_MINT, find_token
from reev_types.tools import Executed, Refused

SOL, USDC = 10**9, find_token("USDC").mint
VERSIONS = [
    (mode, version, shared) for mode in ("ExactIn", "ExactOut") for version in ("V1", "V2") for shared in (0, 1)
]


async def offered(town, mode="ExactIn", version="V1", shared=0):
    """Terms of a swap, and the instruction that Jupiter offers for it."""
    jupiter, wallet = SandboxJupiter(Market.named(), town.chain), Wallet(town.alice, town.chain)
    asked = QuoteRequest(
        input_mint=SOL_MINT, output_mint=USDC, amount_raw=15 * 10**6, swap_mode=mode, instruction_version=version
    )
    quote = await jupiter.quote(asked)
    built = await jupiter.swap_instructions(
        SwapInstructionsRequest(user_public_key=town.alice, quote_response=quote, use_shared_accounts=bool(shared))
    )
    gives, gets = [await holding_of(await tradable_mint(mint, wallet), wallet) for mint in (SOL_MINT, USDC)]
    return SwapTerms(town.alice, quote, gives, gets), built.swap_instruction.instruction


@pytest.mark.parametrize("version", VERSIONS, ids=str)
async def test_every_form_of_a_swap_as_quoted_is_in_order(market_town, version):
    terms, call = await offered(market_town, *version)
    assert terms.fault(call) is None
    assert terms.mints >= {SOL_MINT, USDC}


@pytest.mark.parametrize("version", VERSIONS, ids=str)
async def test_every_account_of_the_wallet_must_be_its_own(market_town, version):
    terms, call = await offered(market_town, *version)
    form = decode_arguments(call.data).form
    for at, role in enumerate(form.accounts):
        if "user" not in role and role not in ("source_token_account", "destination_token_account"):
            continue
        stolen = call.accounts[at].model_copy(update={"pubkey": market_town.carol})
        changed = call.model_copy(update={"accounts": (*call.accounts[:at], stolen, *call.accounts[at + 1 :])})
        assert terms.fault(changed) == f"the swap's {role} is {market_town.carol}"


@pytest.mark.parametrize("version", [("ExactIn", "V2", 0), ("ExactOut", "V2", 1)], ids=str)
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("amount_raw", 1, "amounts or slippage"),
        ("quoted_raw", 1, "amounts or slippage"),
        ("slippage_bps", 10_000, "amounts or slippage"),
        ("platform_fee_bps", 1, "not quoted"),
        ("positive_slippage_bps", 1, "not quoted"),
    ],
)
async def test_every_number_must_be_that_of_the_quote(market_town, version, name, value, said):
    terms, call = await offered(market_town, *version)
    arguments = decode_arguments(call.data)
    object.__setattr__(arguments, name, value)
    assert said in terms.fault(call.model_copy(update={"data": encode_arguments(arguments)}))


async def test_the_other_mode_is_not_what_was_quoted(market_town):
    terms, _ = await offered(market_town)
    _, call = await offered(market_town, "ExactOut")
    assert "amounts or slippage" in terms.fault(call)


async def test_a_swap_that_cannot_be_read_is_not_sent(market_town):
    terms, call = await offered(market_town)
    assert "cannot be read" in terms.fault(call.model_copy(update={"data": call.data + b"\0"}))
    assert "lacks accounts" in terms.fault(call.model_copy(update={"accounts": call.accounts[:3]}))


@pytest.mark.parametrize("where", ["setup_instructions", "other_instructions"])
async def test_the_tool_sends_nothing_of_an_answer_with_a_theft_in_it(market_town, altered, where):
    theft = WireInstruction.of(transfer_lamports(market_town.alice, market_town.carol, 5 * SOL))
    town = altered(market_town, swap_instructions=lambda built: built.model_copy(update={where: (theft,)}))
    result = await town.call("jupiter_swap", input_mint="SOL", output_mint="USDC", amount="0.1")
    assert isinstance(result, Refused)
    assert result.code == "unexpected_instructions"
    assert await town.lamports(town.alice) == 10 * SOL


async def test_a_lookup_table_that_does_not_exist_is_refused(market_town, altered):
    def elsewhere(built):
        return built.model_copy(update={"address_lookup_table_addresses": (SWAP_PROGRAM,)})

    town = altered(market_town, swap_instructions=elsewhere)
    result = await town.call("jupiter_swap", input_mint="SOL", output_mint="USDC", amount="0.1")
    assert isinstance(result, Refused)
    assert result.code == "unknown_lookup_table"
    assert await town.lamports(town.alice) == 10 * SOL


async def test_an_answer_without_a_limit_or_tables_is_carried_out(market_town, altered):
    plain = {"compute_unit_limit": None, "address_lookup_table_addresses": ()}
    town = altered(market_town, swap_instructions=lambda built: built.model_copy(update=plain))
    result = await town.call("jupiter_swap", input_mint="SOL", output_mint="USDC", amount="0.1")
    assert isinstance(result, Executed), result
