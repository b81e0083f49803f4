from reev_runner.execution._evidence import associated_address
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
