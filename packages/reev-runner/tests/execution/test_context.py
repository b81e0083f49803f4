from dataclasses import dataclass
from decimal import Decimal

import pytest

from reev_runner.execution._context import Progress, prompt_context
from reev_runner.execution._world import PreparedWorld
from reev_tools.chain import Keyring
from reev_tools.jupiter import JupiterServiceError
from reev_types.atomicity import AtomicMode
from reev_types.contexts import PreviousResult, PromptContext
from reev_types.tokens import find_token

USDC, JLUSDC, JLSOL = (find_token(symbol).mint for symbol in ("USDC", "jlUSDC", "jlSOL"))
STALE = {USDC: Decimal("0.5"), JLUSDC: Decimal(7), JLSOL: Decimal(8)}
KEYS = Keyring(0, "context")
WALLET = KEYS.address("WALLET")
YEAR_S = 365 * 86_400
FIRST = Progress(0, 2, AtomicMode.CONDITIONAL, ())


@dataclass
class SilentJupiter:
    asked: int = 0

    async def lend_tokens(self):
        self.asked += 1
        raise JupiterServiceError("vault_out_of_order", "no vault is in order")


@pytest.fixture
async def world(sandbox):
    chain = await sandbox.open(KEYS, 0)
    return PreparedWorld(chain, sandbox.jupiter(chain), WALLET, {"RECIPIENT": KEYS.address("RECIPIENT")}, ())


def context_of(world, progress=FIRST):
    return prompt_context(world, progress, STALE, 5)


async def test_shares_in_the_wallet_have_the_price_of_the_moment(world):
    await world.chain.set_token_balance(WALLET, JLUSDC, 1_000_000)
    assert (await context_of(world)).wallet_context.token_prices[JLUSDC] == Decimal("0.521044")
    await world.chain.advance(seconds=YEAR_S)
    prices = (await context_of(world)).wallet_context.token_prices
    assert prices == {**STALE, JLUSDC: Decimal("0.543084")}


async def test_without_shares_nobody_asks_what_they_are_worth(world):
    jupiter = SilentJupiter()
    await world.chain.set_token_balance(WALLET, JLUSDC, 0)
    await world.chain.set_token_balance(WALLET, USDC, 1)
    context = await context_of(world._replace(jupiter=jupiter))
    assert (context.wallet_context.token_prices, jupiter.asked) == (STALE, 0)


async def test_shares_of_a_vault_out_of_order_have_no_price(world):
    await world.chain.set_token_balance(WALLET, JLUSDC, 1)
    context = await context_of(world._replace(jupiter=SilentJupiter()))
    assert context.wallet_context.token_prices == {USDC: Decimal("0.5"), JLSOL: Decimal(8)}


async def test_a_context_is_valid_and_survives_json(world):
    await world.chain.set_lamports(WALLET, 7)
    await world.chain.set_token_balance(WALLET, JLUSDC, 1_000_000)
    context = await context_of(world)
    assert PromptContext.model_validate_json(context.model_dump_json()) == context
    assert (context.wallet_context.sol_balance, context.sol_reserve_lamports) == (7, 5)
    held = context.wallet_context.token_balances[JLUSDC]
    assert (held.balance, held.symbol, held.formatted_amount) == (1_000_000, "jlUSDC", "1")


@pytest.mark.parametrize("success", [True, False])
async def test_a_later_step_is_told_how_the_one_before_ended(world, success):
    result = PreviousResult(step_id="step_1", success=success, summary="paid")
    context = await context_of(world, Progress(1, 2, AtomicMode.CONDITIONAL, (result,)))
    assert context.flow_state.previous_step_success is success
    assert context.previous_results == (result,)
