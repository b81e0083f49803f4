from reev_runner.execution._evidence import associated_address
from reev_runner.execution._observation import observe
from reev_tools.chain import EmbeddedChain, Keyring
from reev_types.tokens import find_token

USDC, PYUSD = find_token("USDC").mint, find_token("PYUSD").mint


async def chain_with_tokens(vm):
    keys = Keyring(0, "observed")
    alice = keys.address("ALICE")
    chain = EmbeddedChain(vm, keys)
    await chain.set_lamports(alice, 5)
    accounts = [await chain.set_token_balance(alice, mint, 7) for mint in (USDC, PYUSD)]
    return chain, alice, accounts


async def test_associated_accounts_are_found_under_the_mints_own_program(vm):
    _, alice, accounts = await chain_with_tokens(vm)
    assert [associated_address(alice, mint) for mint in (USDC, PYUSD)] == accounts


async def test_a_mint_outside_the_registry_is_taken_to_be_of_the_token_program(vm):
    _, alice, _ = await chain_with_tokens(vm)
    assert associated_address(alice, alice) != alice


async def test_an_observation_holds_lamports_tokens_and_sums(vm):
    chain, alice, accounts = await chain_with_tokens(vm)
    view = await observe(chain, [alice, *accounts], [alice])
    assert view.lamports[alice] == 5
    assert [view.tokens_raw[account] for account in accounts] == [7, 7]
    assert view.held_raw == {alice: {USDC: 7, PYUSD: 7}}


async def test_what_does_not_exist_is_left_out(vm):
    keys = Keyring(0, "observed")
    view = await observe(EmbeddedChain(vm, keys), [keys.address("NOBODY")], [])
    assert (view.lamports, view.tokens_raw, view.held_raw) == ({}, {}, {})
