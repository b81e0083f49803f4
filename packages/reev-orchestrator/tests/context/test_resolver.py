import asyncio
from decimal import Decimal

import pytest

from reev_orchestrator.context import CacheLimits
from reev_orchestrator.mocks import mock_wallet, nobodys_address
from reev_types.amounts import format_ui
from reev_types.errors import ChainError, SourceError, UserError
from reev_types.sources import TokenHolding, WalletHoldings
from reev_types.tokens import SOL_MINT, TOKENS, find_token

USDC = find_token("USDC").mint
STRANGER = nobodys_address("a mint that nobody knows")


def strange(sources, owner, **fields):
    """Give the wallet a token that is in no registry."""
    token = TokenHolding(mint=STRANGER, balance_raw=7_000, **fields)
    held = sources.wallets[owner]
    sources.wallets[owner] = held.model_copy(update={"tokens": (*held.tokens, token)})


async def test_the_balanced_wallet_resolves_to_its_mock(resolver, wallet):
    resolved = await resolver.resolve(wallet)
    assert resolved.context == mock_wallet()
    assert resolved.context.total_value_usd == Decimal(7750)
    assert (resolved.warnings, resolved.is_stale) == ((), False)
    assert (resolved.ages.balances_s, resolved.ages.prices_s) == (0, 0)


async def test_all_sources_are_asked_at_the_same_time(resolver, sources, wallet):
    sources.gate = asyncio.Event()
    task = asyncio.ensure_future(resolver.resolve(wallet))
    for _ in range(20):
        await asyncio.sleep(0)
    assert sources.asked == {"balances": 1, "prices": 1, "tokens": 1}
    sources.gate.set()
    assert (await task).context.owner == wallet


async def test_a_hundred_resolutions_of_one_wallet_ask_once(resolver, sources, wallet):
    sources.gate = asyncio.Event()
    tasks = [asyncio.ensure_future(resolver.resolve(wallet)) for _ in range(100)]
    await asyncio.sleep(0)
    sources.gate.set()
    contexts = {(await task).context.model_dump_json() for task in tasks}
    assert len(contexts) == 1
    assert sources.asked == {"balances": 1, "prices": 1, "tokens": 1}
    assert (resolver.metrics.wallets.misses, resolver.metrics.wallets.joined) == (1, 99)


async def test_a_fresh_wallet_is_not_asked_for_again(resolver, sources, clock, wallet):
    await resolver.resolve(wallet)
    await clock.advance(29)
    resolved = await resolver.resolve(wallet)
    assert sources.asked == {"balances": 1, "prices": 1, "tokens": 1}
    assert (resolved.ages.balances_s, resolved.ages.prices_s) == (29, 29)
    assert resolver.metrics.wallets.hit_rate == 0.5


async def test_prices_age_sooner_than_balances(resolver, sources, clock, wallet):
    await resolver.resolve(wallet)
    await clock.advance(30)
    await resolver.resolve(wallet)
    assert sources.asked == {"balances": 1, "prices": 2, "tokens": 1}
    await clock.advance(270)
    await resolver.resolve(wallet)
    assert sources.asked == {"balances": 2, "prices": 3, "tokens": 1}


async def test_a_transaction_makes_the_balances_new_and_leaves_the_prices(resolver, sources, wallet):
    await resolver.resolve(wallet)
    sources.hold(wallet, 1)
    resolver.invalidate(wallet)
    assert (await resolver.resolve(wallet)).context.sol_balance == 1
    assert sources.asked == {"balances": 2, "prices": 1, "tokens": 1}
    assert resolver.metrics.wallets.invalidations == 1


async def test_an_answer_from_before_a_transaction_is_not_used_after_it(resolver, sources, wallet):
    sources.gate = asyncio.Event()
    before = asyncio.ensure_future(resolver.resolve(wallet))
    await asyncio.sleep(0)
    resolver.invalidate(wallet)
    after = asyncio.ensure_future(resolver.resolve(wallet))
    await asyncio.sleep(0)
    sources.gate.set()
    await asyncio.gather(before, after)
    assert sources.asked["balances"] == 2
    await resolver.resolve(wallet)
    assert sources.asked["balances"] == 2


async def test_balances_from_before_a_transaction_never_stand_in(resolver, sources, wallet):
    await resolver.resolve(wallet)
    resolver.invalidate(wallet)
    sources.faults["balances"] = SourceError("rate_limited", "too many requests")
    with pytest.raises(SourceError, match="rate_limited"):
        await resolver.resolve(wallet)


async def test_old_balances_stand_in_for_a_failing_source_and_say_how_old_they_are(resolver, sources, clock, wallet):
    await resolver.resolve(wallet)
    await clock.advance(301)
    sources.faults["balances"] = SourceError("rate_limited", "too many requests")
    resolved = await resolver.resolve(wallet)
    assert resolved.context.sol_balance == 5 * 10**9
    assert resolved.is_stale
    assert resolved.ages.balances_s == 301
    assert resolved.warnings == ("the balances are 301 s old: too many requests [rate_limited]",)
    assert resolver.metrics.wallets.stale == 1


async def test_balances_that_are_too_old_stand_in_for_nothing(resolver, sources, clock, wallet):
    await resolver.resolve(wallet)
    await clock.advance(3_600)
    sources.faults["balances"] = SourceError("rate_limited", "too many requests")
    with pytest.raises(SourceError, match="rate_limited"):
        await resolver.resolve(wallet)
    assert (resolver.metrics.resolved, resolver.metrics.failed) == (1, 1)


async def test_an_error_of_the_chain_is_reported_as_it_is(resolver, sources, wallet):
    sources.faults["balances"] = ChainError("vm_gone", "the VM is gone")
    with pytest.raises(ChainError, match="the VM is gone"):
        await resolver.resolve(wallet)


async def test_an_error_of_the_user_is_not_covered_by_old_balances(resolver, sources, clock, wallet):
    await resolver.resolve(wallet)
    await clock.advance(301)
    sources.faults["balances"] = UserError("wallet_mismatch", "another wallet")
    with pytest.raises(UserError, match="another wallet"):
        await resolver.resolve(wallet)


async def test_old_prices_stand_in_and_say_how_old_they_are(resolver, sources, clock, wallet):
    await resolver.resolve(wallet)
    await clock.advance(45)
    sources.faults["prices"] = SourceError("timeout", "no answer")
    resolved = await resolver.resolve(wallet)
    assert resolved.context.total_value_usd == 7750
    assert resolved.is_stale
    assert resolved.ages.prices_s == 45
    assert resolved.warnings == ("the price of SOL, USDC, USDT, JUP, BONK and 4 more is 45 s old: no answer [timeout]",)


async def test_without_any_price_the_context_has_none_and_says_why(resolver, sources, wallet):
    sources.faults["prices"] = SourceError("bad_response", "garbage")
    resolved = await resolver.resolve(wallet)
    assert resolved.context.token_prices == {}
    assert resolved.context.total_value_usd is None
    assert resolved.ages.prices_s is None
    assert resolved.warnings == (
        "the price of SOL, USDC, USDT, JUP, BONK and 7 more is not known: garbage [bad_response]",
    )


async def test_a_price_that_could_not_be_had_is_asked_for_again_at_once(resolver, sources, wallet):
    sources.prices_usd[USDC] = -1
    await resolver.resolve(wallet)
    sources.prices_usd[USDC] = 1
    assert (await resolver.resolve(wallet)).context.total_value_usd == 7750
    assert sources.mints_asked[1] == (USDC,)


async def test_an_unknown_price_of_a_held_token_is_absent_and_named(resolver, sources, wallet):
    del sources.prices_usd[USDC]
    resolved = await resolver.resolve(wallet)
    assert USDC not in resolved.context.token_prices
    assert resolved.context.total_value_usd is None
    assert resolved.warnings == ("no price is known for USDC",)


@pytest.mark.parametrize("garbage", [Decimal(-3), 0, "NaN", "Infinity", float("nan"), None, [], "free", "1e99999"])
async def test_what_is_no_price_is_refused_and_never_used(resolver, sources, wallet, garbage):
    sources.prices_usd[USDC] = garbage
    resolved = await resolver.resolve(wallet)
    assert USDC not in resolved.context.token_prices
    assert resolved.context.total_value_usd is None
    (warning,) = resolved.warnings
    assert warning.startswith("the price of USDC is not known: ")
    assert warning.endswith("is not a price [bad_price]")


async def test_an_earlier_price_stands_in_for_a_refused_one(resolver, sources, clock, wallet):
    await resolver.resolve(wallet)
    await clock.advance(31)
    sources.prices_usd[USDC] = -1
    resolved = await resolver.resolve(wallet)
    assert resolved.context.token_prices[USDC] == 1
    assert resolved.warnings == ("the price of USDC is 31 s old: '-1' is not a price [bad_price]",)


async def test_an_empty_wallet_is_worth_nothing_and_needs_no_price(resolver, sources):
    sources.prices_usd.clear()
    resolved = await resolver.resolve(nobodys_address("empty"))
    assert resolved.context.total_value_usd == 0
    assert resolved.warnings == ()


async def test_a_token_that_is_in_no_registry_is_looked_up_once_it_is_seen(resolver, sources, clock, wallet):
    strange(sources, wallet)
    sources.facts[STRANGER] = 3
    sources.prices_usd[STRANGER] = Decimal("0.5")
    resolved = await resolver.resolve(wallet)
    held = resolved.context.token_balances[STRANGER]
    assert (held.decimals, held.formatted_amount) == (3, "7")
    assert resolved.context.total_value_usd == Decimal("7753.5")
    assert sources.mints_asked[1] == (STRANGER,)
    await clock.advance(31)
    await resolver.resolve(wallet)
    assert sources.mints_asked[2][-1] == STRANGER
    assert len(sources.mints_asked) == 3


async def test_a_token_whose_decimals_nobody_knows_is_not_valued(resolver, sources, wallet):
    strange(sources, wallet)
    sources.prices_usd[STRANGER] = Decimal(1)
    resolved = await resolver.resolve(wallet)
    assert resolved.context.token_balances[STRANGER].formatted_amount is None
    assert resolved.context.total_value_usd is None
    assert resolved.warnings == (f"the decimals of {STRANGER[:4]}…{STRANGER[-4:]} are not known",)


async def test_sources_that_disagree_on_decimals_are_not_believed(resolver, sources, wallet):
    sources.facts[USDC] = 9
    with pytest.raises(SourceError, match="disagree on the decimals of USDC: 6 and 9") as caught:
        await resolver.resolve(wallet)
    assert caught.value.code == "decimals_mismatch"


async def test_frozen_tokens_are_mentioned_and_not_counted(resolver, sources, wallet):
    strange(sources, wallet, frozen_raw=5)
    held = sources.wallets[wallet]
    frozen = held.tokens[0].model_copy(update={"frozen_raw": 1_500_000})
    sources.wallets[wallet] = held.model_copy(update={"tokens": (frozen, *held.tokens[1:])})
    resolved = await resolver.resolve(wallet)
    told = "is frozen, cannot be moved and is not counted"
    assert f"1.5 USDC {told}" in resolved.warnings
    assert f"5 raw units of {STRANGER[:4]}…{STRANGER[-4:]} {told}" in resolved.warnings
    counted = resolved.context.token_balances[held.tokens[0].mint]
    assert counted.balance == held.tokens[0].balance_raw - 1_500_000
    assert counted.formatted_amount == format_ui(counted.balance, 6)


async def test_of_ten_thousand_tokens_the_known_ones_are_listed_and_the_rest_is_counted(open_resolver, sources, wallet):
    crowd = tuple(TokenHolding(mint=nobodys_address(number), balance_raw=number % 2) for number in range(300))
    many = tuple(
        TokenHolding(mint=STRANGER[:-4] + "".join(tail), balance_raw=1) for tail in _tails(10_000 - len(crowd))
    )
    held = sources.wallets[wallet]
    sources.wallets[wallet] = held.model_copy(update={"tokens": (*crowd, *many, *held.tokens)})
    resolver = open_resolver(most_tokens=20)
    resolved = await resolver.resolve(wallet)
    assert len(resolved.context.token_balances) == 20
    assert USDC in resolved.context.token_balances
    assert all(token.balance for token in resolved.context.token_balances.values())
    assert resolved.context.total_value_usd is None
    assert resolved.warnings[0] == "9982 more tokens of the wallet are not listed"


def _tails(count):
    letters = "ABCDEFGHJK"
    return ((a, b, c, d) for a, b, c, d, _ in zip(*_digits(letters, count), range(count), strict=True))


def _digits(letters, count):
    return tuple([letters[number // 10**place % 10] for number in range(count)] for place in range(4))


async def test_balances_of_another_wallet_are_refused(resolver, sources, wallet):
    sources.wallets[wallet] = WalletHoldings(owner=STRANGER, lamports=1)
    with pytest.raises(SourceError, match="not those of this wallet"):
        await resolver.resolve(wallet)


async def test_a_mint_listed_twice_is_refused(resolver, sources, wallet):
    held = sources.wallets[wallet]
    sources.wallets[wallet] = held.model_copy(update={"tokens": held.tokens * 2})
    with pytest.raises(SourceError, match="each mint once"):
        await resolver.resolve(wallet)


async def test_a_source_that_hangs_is_waited_for_no_longer_than_its_patience(resolver, sources, clock, wallet):
    sources.hanging.add("balances")
    task = asyncio.ensure_future(resolver.resolve(wallet))
    await clock.advance(4.9)
    assert not task.done()
    await clock.advance(0.1)
    with pytest.raises(SourceError, match=r"no balances within 5 s \[timeout\]"):
        await task
    assert sources.cancelled == {"balances": 1}
    assert resolver.metrics.seconds == 5


async def test_prices_that_do_not_come_are_left_out(resolver, sources, clock, wallet):
    sources.hanging.update({"prices", "tokens"})
    task = asyncio.ensure_future(resolver.resolve(wallet))
    await clock.advance(3)
    resolved = await task
    assert resolved.context.sol_balance == 5 * 10**9
    assert resolved.context.token_prices == {}
    assert "no prices within 3 s [timeout]" in resolved.warnings[0]


async def test_the_longest_resolution_is_known_in_advance(open_resolver, sources, clock, wallet):
    strange(sources, wallet)
    resolver = open_resolver(wallets=CacheLimits(capacity=1, fresh_s=1, stale_s=1, patience_s=1))
    sources.hanging.update({"prices", "tokens"})
    task = asyncio.ensure_future(resolver.resolve(wallet))
    await clock.advance(3)
    await task
    assert clock.monotonic() <= 6 == resolver.settings.longest_s


async def test_a_resolution_that_nobody_waits_for_any_more_stops_asking(resolver, sources, wallet):
    sources.gate = asyncio.Event()
    tasks = [asyncio.ensure_future(resolver.resolve(wallet)) for _ in range(2)]
    for _ in range(10):
        await asyncio.sleep(0)
    tasks[0].cancel()
    for _ in range(10):
        await asyncio.sleep(0)
    assert sources.cancelled == {}
    tasks[1].cancel()
    for _ in range(10):
        await asyncio.sleep(0)
    assert sources.cancelled == {"balances": 1, "prices": 1, "tokens": 1}
    sources.gate = None
    assert (await resolver.resolve(wallet)).context == mock_wallet()


async def test_one_that_gives_up_does_not_take_the_answer_from_the_others(resolver, sources, wallet):
    sources.gate = asyncio.Event()
    first, second = (asyncio.ensure_future(resolver.resolve(wallet)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    sources.gate.set()
    assert (await second).context == mock_wallet()
    assert sources.asked["balances"] == 1


async def test_the_least_recently_used_wallet_makes_room(resolver, sources):
    owners = [nobodys_address(number) for number in range(4)]
    for owner in (*owners[:3], owners[0], owners[3], owners[0]):
        await resolver.resolve(owner)
    assert (resolver.metrics.wallets.evictions, sources.asked["balances"]) == (1, 4)
    await resolver.resolve(owners[1])
    assert sources.asked["balances"] == 5


async def test_the_order_of_prices_does_not_depend_on_the_source(resolver, sources, wallet):
    sources.prices_usd = dict(reversed(sources.prices_usd.items()))
    resolved = await resolver.resolve(wallet)
    assert list(resolved.context.token_prices) == sorted(resolved.context.token_prices)
    assert sources.mints_asked == [tuple(token.mint for token in TOKENS)]


async def test_a_text_that_is_no_wallet_asks_nobody(resolver, sources):
    with pytest.raises(UserError, match="invalid_wallet"):
        await resolver.resolve("demo")
    assert not sources.asked


async def test_wrapped_sol_is_listed_beside_native_sol(resolver, sources, wallet):
    sources.hold(wallet, 2 * 10**9, SOL=10**9)
    context = (await resolver.resolve(wallet)).context
    assert (context.sol_balance, context.token_balances[SOL_MINT].balance) == (2 * 10**9, 10**9)
    assert context.total_value_usd == 450
