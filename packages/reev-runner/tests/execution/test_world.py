from reev_runner.execution._world import prepare_world
from reev_types.benchmarks import InitialToken, InitialWallet
from reev_types.tokens import TOKEN_PROGRAM, find_token

SYSTEM = "11111111111111111111111111111111"
PROGRAM_OWNED = "jup3YeL8QhtSx1e253b2FDvsMNC87fDrgQZivbrndc9"
USDC = find_token("USDC").mint


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
