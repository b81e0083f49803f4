from reev_orchestrator.context import ContextResolver
from reev_orchestrator.context.sources import ChainSource, FixedPrices
from reev_orchestrator.mocks import MOCK_PRICES, PausedClock, nobodys_address
from reev_types.chain import AccountState, MintInfo, TokenAccount
from reev_types.tokens import TOKEN_PROGRAM, find_token

OWNER = nobodys_address("owner")
USDC = find_token("USDC")
SYSTEM_PROGRAM = "11111111111111111111111111111111"


class MemoryChain:
    """The reading part of a chain, from dictionaries."""

    def __init__(self, accounts=(), tokens=(), mints=()):
        self.accounts = {account.address: account for account in accounts}
        self.tokens = tuple(tokens)
        self.mints = {mint.address: mint for mint in mints}

    async def account(self, address):
        return self.accounts.get(address)

    async def mint(self, address):
        return self.mints.get(address)

    async def token_accounts(self, owner):
        return tuple(token for token in self.tokens if token.owner == owner)


def token_account(number, amount_raw, *, frozen=False):
    address = nobodys_address("account", number)
    return TokenAccount(
        address=address, mint=USDC.mint, owner=OWNER, amount_raw=amount_raw, program=TOKEN_PROGRAM, frozen=frozen
    )


async def test_token_accounts_of_one_mint_are_summed():
    chain = MemoryChain(
        accounts=[AccountState(address=OWNER, owner=SYSTEM_PROGRAM, lamports=7)],
        tokens=[token_account(1, 10), token_account(2, 5, frozen=True)],
    )
    holdings = await ChainSource(chain).holdings(OWNER)
    (token,) = holdings.tokens
    assert (holdings.lamports, token.mint, token.balance_raw, token.frozen_raw) == (7, USDC.mint, 15, 5)


async def test_a_wallet_that_does_not_exist_holds_nothing():
    holdings = await ChainSource(MemoryChain()).holdings(OWNER)
    assert (holdings.lamports, holdings.tokens) == (0, ())


async def test_only_mints_that_are_on_the_chain_are_known():
    mint = MintInfo(address=USDC.mint, program=TOKEN_PROGRAM, decimals=6, supply_raw=0)
    facts = await ChainSource(MemoryChain(mints=[mint])).tokens([USDC.mint, OWNER])
    assert {address: fact.decimals for address, fact in facts.items()} == {USDC.mint: 6}


async def test_a_chain_and_fixed_prices_make_a_context():
    source = ChainSource(MemoryChain(tokens=[token_account(1, 2_500_000)]))
    prices = FixedPrices(MOCK_PRICES)
    resolver = ContextResolver(balances=source, prices=prices, tokens=source, clock=PausedClock())
    context = (await resolver.resolve(OWNER)).context
    assert context.token_balances[USDC.mint].formatted_amount == "2.5"
    assert str(context.total_value_usd) == "2.5"
