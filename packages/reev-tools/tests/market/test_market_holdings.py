from __future__ import annotations

from reev_tools.chain import EmbeddedChain, Keyring, Vm
from reev_tools.market import Market
from reev_tools.market._holdings import holding
from reev_types.chain import AccountState
from reev_types.tokens import find_token


async def made_by_the_chain(symbol: str, amount_raw: int) -> tuple[AccountState, AccountState]:
    """Return an account as the market makes it and as the chain does."""
    token, owner = find_token(symbol), Keyring(0, "holdings").address("OWNER")
    chain = EmbeddedChain(Vm(Market.named().world()), Keyring(0, "holdings"))
    address = await chain.set_token_balance(owner, token.mint, amount_raw)
    return holding(owner, token.mint, token.program, amount_raw), await chain.account(address)


async def test_an_ordinary_holding_is_what_the_chain_makes():
    made, expected = await made_by_the_chain("USDC", 5)
    assert made == expected


async def test_wrapped_sol_is_backed_by_lamports():
    made, expected = await made_by_the_chain("SOL", 5)
    assert made == expected
    assert made.lamports == 2_039_280 + 5


async def test_a_holding_of_token_2022_has_an_immutable_owner():
    made, expected = await made_by_the_chain("PYUSD", 5)
    assert made == expected
    assert len(made.data) == 170
