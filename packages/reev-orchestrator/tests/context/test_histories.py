"""Whatever happens in whatever order: what a resolution may and may not say."""

from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.context import ContextResolver
from reev_orchestrator.mocks import PausedClock, mock_wallet
from reev_types.errors import SourceError
from reev_types.sources import PriceSheet, WalletHoldings
from reev_types.tokens import SOL_MINT

OWNER = mock_wallet().owner
HISTORIES = st.lists(
    st.one_of(
        st.tuples(st.just("pass"), st.integers(1, 400)),
        st.tuples(st.just("transaction"), st.none()),
        st.tuples(st.just("balances work"), st.booleans()),
        st.tuples(st.just("prices work"), st.booleans()),
    ),
    max_size=20,
)


class Ticking:
    """Balances count transactions, the price of SOL is the time in seconds plus one."""

    def __init__(self, clock):
        self.clock = clock
        self.transactions = 0
        self.working = {"balances work": True, "prices work": True}

    async def holdings(self, owner):
        self._check("balances work")
        return WalletHoldings(owner=owner, lamports=self.transactions)

    async def prices(self, mints):
        self._check("prices work")
        return PriceSheet.read({SOL_MINT: int(self.clock.monotonic()) + 1})

    async def tokens(self, mints):
        return {}

    def _check(self, what):
        if not self.working[what]:
            raise SourceError("server_error", what)


@given(HISTORIES)
async def test_no_history_leads_to_balances_from_before_a_transaction_or_to_unmarked_old_answers(history):
    clock = PausedClock()
    source = Ticking(clock)
    resolver = ContextResolver(balances=source, prices=source, tokens=source, clock=clock)
    for event, value in history:
        match event:
            case "pass":
                await clock.advance(value)
            case "transaction":
                source.transactions += 1
                resolver.invalidate(OWNER)
            case switch:
                source.working[switch] = value
        await check(resolver, source)


async def check(resolver, source):
    try:
        resolved = await resolver.resolve(OWNER)
    except SourceError:
        assert not source.working["balances work"]
        return
    now, ages = source.clock.monotonic(), resolved.ages
    assert resolved.context.sol_balance == source.transactions
    is_old = ages.balances_s >= 300 or (ages.prices_s or 0) >= 30
    assert resolved.is_stale == is_old
    assert not is_old or not all(source.working.values())
    price = resolved.context.token_prices.get(SOL_MINT)
    assert (price is None) == (ages.prices_s is None)
    assert price is None or price == now - ages.prices_s + 1
    assert price is not None or not source.working["prices work"]
