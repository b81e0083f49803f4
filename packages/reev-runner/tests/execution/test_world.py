import pytest

from reev_runner.execution import embedded_sandbox
from reev_runner.execution._world import prepare_world
from reev_runner.journal import fold
from reev_tools.market import MARKET_NAMES
from reev_types.benchmarks import MOST_ELAPSED_S, USER_WALLET, InitialToken, InitialWallet
from reev_types.tokens import TOKEN_PROGRAM, find_token

SYSTEM = "11111111111111111111111111111111"
PROGRAM_OWNED = "jup3YeL8QhtSx1e253b2FDvsMNC87fDrgQZivbrndc9"
USDC, JLUSDC = find_token("USDC").mint, find_token("jlUSDC").mint


def with_accounts(case, *accounts):
    return case.model_copy(update={"accounts": (*case.accounts, *accounts)})


async def test_every_lamport_of_every_account_is_there(sandbox, two_payments):
    world = await prepare_world(two_payments, sandbox, 0)
    for account in two_payments.accounts:
        state = await world.chain.account(world.addresses[account.name])
        assert state is not None
        assert state.lamports == account.lamports


async def test_every_token_account_holds_its_amount_for_its_owner(sandbox, two_payments):
    token = InitialToken(
        name="BOB_USDC", owner="BOB", mint=USDC, program=TOKEN_PROGRAM, amount_raw=7, lamports=2_039_280
    )
    world = await prepare_world(with_accounts(two_payments, token), sandbox, 0)
    held = await world.chain.token_account(world.addresses["BOB_USDC"])
    assert held is not None
    assert (held.owner, held.amount_raw) == (world.addresses["BOB"], 7)


async def test_an_account_of_a_program_keeps_its_owner(sandbox, two_payments):
    wallet = InitialWallet(name="VAULT", lamports=10**6, owner=PROGRAM_OWNED)
    world = await prepare_world(with_accounts(two_payments, wallet), sandbox, 0)
    state = await world.chain.account(world.addresses["VAULT"])
    assert state is not None
    assert state.owner == PROGRAM_OWNED


async def test_an_address_that_is_given_stands_for_itself(sandbox, two_payments):
    literal = "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin"
    wallet = InitialWallet(name=literal, lamports=10**6, owner=SYSTEM)
    world = await prepare_world(with_accounts(two_payments, wallet), sandbox, 0)
    assert world.addresses[literal] == literal
    assert (await world.chain.account(literal)).lamports == 10**6


async def test_addresses_depend_on_seed_and_benchmark(sandbox, two_payments):
    other = two_payments.model_copy(update={"id": "901"})
    worlds = [
        await prepare_world(two_payments, sandbox, 0),
        await prepare_world(two_payments, sandbox, 1),
        await prepare_world(other, sandbox, 0),
    ]
    assert len({world.wallet for world in worlds}) == 3


async def test_equal_seeds_prepare_equal_worlds(sandbox, two_payments):
    hashes = {await (await prepare_world(two_payments, sandbox, 5)).chain.state_hash() for _ in range(2)}
    assert len(hashes) == 1


async def test_time_has_passed_since_the_accounts_got_what_they_hold(sandbox, two_payments):
    new, old = [
        await prepare_world(two_payments.model_copy(update={"elapsed_s": seconds}), sandbox, 0)
        for seconds in (0, MOST_ELAPSED_S)
    ]
    clocks = [(await world.chain.clock()).unix_timestamp for world in (new, old)]
    assert clocks[1] - clocks[0] == MOST_ELAPSED_S
    assert (await old.chain.account(old.wallet)).lamports == 10**9


@pytest.mark.parametrize("name", MARKET_NAMES)
async def test_after_the_longest_time_every_vault_still_has_a_price(two_payments, name):
    case = two_payments.model_copy(update={"elapsed_s": MOST_ELAPSED_S})
    world = await prepare_world(case, embedded_sandbox(name), 0)
    vaults = await world.jupiter.lend_tokens()
    assert all(vault.convert_to_assets_raw > 10**vault.decimals for vault in vaults)


async def test_jupiter_belongs_to_the_chain_that_was_prepared(sandbox, two_payments):
    token = InitialToken(name="SHARES", owner=USER_WALLET, mint=JLUSDC, program=TOKEN_PROGRAM, amount_raw=1_000_000)
    world = await prepare_world(with_accounts(two_payments, token), sandbox, 0)
    positions = await world.jupiter.lend_positions([world.wallet])
    assert [position.underlying_assets_raw for position in positions if position.shares_raw] == [1_042_088]


async def test_a_mirrored_wallet_has_the_address_that_was_given_and_signs_without_a_key(
    sandbox, two_payments, run_trial
):
    owner = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"
    case = two_payments.model_copy(update={"wallet": owner})
    world = await prepare_world(case, sandbox, 0)
    assert (world.wallet, world.addresses["USER_WALLET_PUBKEY"]) == (owner, owner)
    assert (await world.chain.account(owner)).lamports == 1_000_000_000
    assert fold(await run_trial(case)).status == "passed"
