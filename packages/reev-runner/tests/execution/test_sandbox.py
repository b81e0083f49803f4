import pytest

from reev_runner.execution import EmbeddedSandbox, embedded_sandbox
from reev_tools.chain import Keyring
from reev_tools.market import MARKET_NAMES, Market
from reev_types.errors import UsageError
from reev_types.testing import ChainContract
from reev_types.tokens import SOL_MINT


@pytest.fixture(autouse=True, scope="class")
def shared_sandbox(request, sandbox):
    if request.cls is not None:
        request.cls.sandbox = sandbox


class TestSandboxChain(ChainContract):
    keys = Keyring(7, "sandbox")

    async def open_chain(self):
        return await self.sandbox.open(self.keys, 7)

    def wallet(self, name):
        return self.keys.address(name)


async def test_a_chain_starts_with_everything_that_belongs_to_the_market(sandbox):
    chain = await sandbox.open(Keyring(0, "opened"), 0)
    for account in sandbox.market.accounts():
        assert await chain.account(account.address) is not None


async def test_no_chain_sees_another(sandbox):
    keys = Keyring(0, "apart")
    one, other = await sandbox.open(keys, 0), await sandbox.open(keys, 0)
    await one.set_lamports(keys.address("ALICE"), 5)
    assert await other.account(keys.address("ALICE")) is None


async def test_jupiter_tells_the_vaults_of_its_chain(sandbox):
    chain = await sandbox.open(Keyring(0, "vaults"), 0)
    vaults = await sandbox.jupiter(chain).lend_tokens()
    assert {vault.asset_address for vault in vaults} == {terms.mint for terms in sandbox.market.vaults()}


async def test_jupiter_reads_the_clock_of_its_own_chain(sandbox):
    young, old = [await sandbox.open(Keyring(0, "clocks"), 0) for _ in range(2)]
    await old.advance(seconds=86_400)
    prices = [(await sandbox.jupiter(chain).lend_tokens())[0].convert_to_assets_raw for chain in (young, old)]
    assert prices[0] < prices[1]


def test_one_process_has_one_sandbox_for_a_market(sandbox):
    assert embedded_sandbox("default") is sandbox
    assert embedded_sandbox("depeg") is not sandbox


def test_every_market_gives_a_world_of_its_own_identity():
    identities = {embedded_sandbox(name).identity for name in MARKET_NAMES}
    assert len(identities) == len(MARKET_NAMES) > 1


def test_prices_alone_make_another_identity(sandbox):
    data = sandbox.market.data
    dearer = data.tokens["SOL"].model_copy(update={"usd_price": data.tokens["SOL"].usd_price + 1})
    market = Market("dearer", data.model_copy(update={"tokens": {**data.tokens, "SOL": dearer}}))
    assert market.prices[SOL_MINT] == sandbox.market.prices[SOL_MINT] + 1
    assert EmbeddedSandbox(market).identity != sandbox.identity


def test_equal_markets_have_one_identity(sandbox):
    assert EmbeddedSandbox(Market("default", sandbox.market.data)).identity == sandbox.identity


def test_an_unknown_market_is_an_error_that_lists_the_known_ones():
    with pytest.raises(UsageError) as caught:
        embedded_sandbox("bazaar")
    assert caught.value.code == "unknown_market"
    assert caught.value.suggestions == (f"one of {', '.join(MARKET_NAMES)}",)
