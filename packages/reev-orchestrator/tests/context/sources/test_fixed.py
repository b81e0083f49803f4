from decimal import Decimal

import pytest

from reev_orchestrator.context import ContextResolver
from reev_orchestrator.context.sources import FixedContext, FixedPrices
from reev_orchestrator.mocks import MOCK_WALLETS, PausedClock, generated_wallet, mock_wallet, nobodys_address
from reev_types.errors import UserError
from reev_types.tokens import SOL_MINT


def resolver_of(context):
    source = FixedContext(context)
    return ContextResolver(balances=source, prices=source, tokens=source, clock=PausedClock())


@pytest.mark.parametrize("name", MOCK_WALLETS)
async def test_a_mock_wallet_resolves_to_itself(name):
    context = mock_wallet(name)
    resolved = await resolver_of(context).resolve(context.owner)
    assert resolved.context.model_dump() == context.model_dump()
    assert resolved.warnings == ()


@pytest.mark.parametrize("seed", range(5))
async def test_a_generated_wallet_with_strange_tokens_resolves_to_itself(seed):
    context = generated_wallet(seed, strange_tokens=3)
    resolved = (await resolver_of(context).resolve(context.owner)).context
    assert resolved.token_balances == context.token_balances
    assert resolved.total_value_usd is None


async def test_another_wallet_is_refused_with_a_way_out():
    context = mock_wallet()
    with pytest.raises(UserError, match="wallet_mismatch") as caught:
        await resolver_of(context).resolve(nobodys_address("other"))
    assert context.owner in caught.value.suggestions[0]


async def test_decimals_that_a_context_does_not_state_are_not_made_up():
    context = generated_wallet(1, strange_tokens=1)
    held = {mint: token.model_copy(update={"decimals": None}) for mint, token in context.token_balances.items()}
    context = context.model_copy(update={"token_balances": held})
    assert await FixedContext(context).tokens([*held, SOL_MINT]) == {}


async def test_only_prices_that_were_given_are_known():
    sheet = await FixedPrices({SOL_MINT: Decimal(150)}).prices([SOL_MINT, nobodys_address("mint")])
    assert sheet.prices == {SOL_MINT: Decimal(150)}
    assert sheet.refused == {}
