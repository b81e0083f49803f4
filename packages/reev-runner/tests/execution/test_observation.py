import pytest

from reev_runner.execution._observation import Observer, observe
from reev_runner.execution._world import prepare_world
from reev_tools.chain import EmbeddedChain, Keyring
from reev_types.assertions import AnswerStates, SolBalance, TokenAccountBalance, TotalPortfolioValue
from reev_types.benchmarks import USER_WALLET
from reev_types.tokens import SOL_MINT, find_token

USDC, PYUSD, JLUSDC = (find_token(symbol).mint for symbol in ("USDC", "PYUSD", "jlUSDC"))


@pytest.fixture
async def observed(vm):
    """A chain, a wallet on it, and the accounts of its tokens."""
    keys = Keyring(0, "observed")
    alice = keys.address("ALICE")
    chain = EmbeddedChain(vm, keys)
    await chain.set_lamports(alice, 5)
    return chain, alice, [await chain.set_token_balance(alice, mint, 7) for mint in (USDC, PYUSD)]


async def test_an_observation_holds_lamports_tokens_and_sums(observed):
    chain, alice, accounts = observed
    view = await observe(chain, [alice, *accounts], [alice])
    assert view.lamports[alice] == 5
    assert [view.tokens_raw[account] for account in accounts] == [7, 7]
    assert view.held_raw == {alice: {USDC: 7, PYUSD: 7}}


async def test_what_does_not_exist_is_left_out(vm):
    keys = Keyring(0, "observed")
    view = await observe(EmbeddedChain(vm, keys), [keys.address("NOBODY")], [])
    assert (view.lamports, view.tokens_raw, view.held_raw) == ({}, {}, {})


@pytest.fixture
def observer_of(sandbox, two_payments):
    """Look at a world through the eyes of some assertions."""

    async def observer_of(*assertions):
        truth = two_payments.ground_truth.model_copy(update={"assertions": assertions})
        case = two_payments.model_copy(update={"ground_truth": truth})
        world = await prepare_world(case, sandbox, 0)
        return Observer(case, world, sandbox.market.prices), world

    return observer_of


async def test_a_look_shows_the_chain_as_it_is_now(observer_of):
    look, world = await observer_of(SolBalance(pubkey=USER_WALLET, expected=1))
    before = await look()
    await world.chain.set_lamports(world.wallet, 3)
    after = await look()
    assert [moment.state.lamports[world.wallet] for moment in (before, after)] == [10**9, 3]


async def test_a_look_knows_prices_and_the_positions_that_are_asked_for(observer_of):
    look, world = await observer_of(AnswerStates(pubkey=USER_WALLET, mint=USDC, fact="lent"))
    await world.chain.set_token_balance(world.wallet, JLUSDC, 1_000_000)
    valuation = (await look()).valuation
    assert valuation is not None
    assert valuation.lent_raw(world.wallet) == {USDC: 1_042_088}
    assert valuation.price_usd(SOL_MINT) == 150


async def test_positions_that_nobody_asks_for_are_not_read(observer_of):
    look, world = await observer_of(SolBalance(pubkey=USER_WALLET, expected=1))
    await world.chain.set_token_balance(world.wallet, JLUSDC, 1_000_000)
    valuation = (await look()).valuation
    assert valuation is not None
    assert valuation.lent_raw(world.wallet) == {}


async def test_what_a_valued_wallet_holds_is_summed(observer_of):
    look, world = await observer_of(TotalPortfolioValue(pubkey=USER_WALLET, expected=1))
    await world.chain.set_token_balance(world.wallet, USDC, 9)
    assert (await look()).state.held_raw == {world.wallet: {USDC: 9}}


async def test_a_moment_is_kept_for_each_step_that_is_asked_about(observer_of):
    look, world = await observer_of(
        SolBalance(pubkey=USER_WALLET, expected=1),
        SolBalance(pubkey=USER_WALLET, expected=1, after_step="step_1"),
        TokenAccountBalance(pubkey=USER_WALLET, mint=USDC, expected=1, after_step="step_3"),
    )
    for number in (1, 2, 3):
        await world.chain.set_lamports(world.wallet, number)
        await look.after(f"step_{number}")
    kept = {step_id: moment.state.lamports[world.wallet] for step_id, moment in look.after_steps.items()}
    assert kept == {"step_1": 1, "step_3": 3}
