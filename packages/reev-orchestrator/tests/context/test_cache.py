"""Random histories against a model that keeps everything and computes ages by hand."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.context import CacheCounts, CacheLimits
from reev_orchestrator.context._cache import Cache
from reev_orchestrator.context._store import Entry
from reev_orchestrator.mocks import PausedClock
from reev_types.errors import SourceError

FRESH, STALE = 10, 40
KEYS = st.sampled_from("abc")
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("look"), st.lists(KEYS, min_size=1, unique=True)),
        st.tuples(st.just("drop"), KEYS),
        st.tuples(st.just("pass"), st.integers(1, 25)),
        st.tuples(st.just("break"), st.booleans()),
    ),
    max_size=25,
)


class Server:
    """Counts up, so that every answer is another one."""

    def __init__(self):
        self.answers = 0
        self.is_broken = False

    async def fetch(self, keys):
        if self.is_broken:
            raise SourceError("server_error", "broken")
        self.answers += 1
        return dict.fromkeys(keys, self.answers)


def a_cache(fetch, clock, capacity=10):
    limits = CacheLimits(capacity=capacity, fresh_s=FRESH, stale_s=STALE, patience_s=5)
    counts = CacheCounts()
    return Cache("answers", fetch, limits, clock, counts), counts


async def looked_up(cache, *keys):
    with cache.look_up(keys) as lookup:
        return await lookup.answers()


@given(ACTIONS)
async def test_a_cache_answers_like_a_model_that_forgets_nothing(actions):
    clock, server, known = PausedClock(), Server(), {}
    cache, counts = a_cache(server.fetch, clock)
    for action, value in actions:
        now = clock.monotonic()
        match action:
            case "look":
                missing = [key for key in value if key not in known or now - known[key][1] >= FRESH]
                found = await looked_up(cache, *value)
                if missing and not server.is_broken:
                    known |= dict.fromkeys(missing, (server.answers, now))
                for key in value:
                    check(found[key], known.get(key), now)
            case "drop":
                cache.drop(value)
                known.pop(value, None)
            case "pass":
                await clock.advance(value)
            case "break":
                server.is_broken = value
    assert counts.evictions == counts.joined == 0


def check(outcome, expected, now):
    if expected is None or now - expected[1] >= STALE:
        assert isinstance(outcome, SourceError)
        return
    assert (outcome.value, outcome.asked_at) == expected
    assert (outcome.fault is not None) == (now - expected[1] >= FRESH)


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=12), max_size=12))
async def test_a_cache_never_holds_more_than_its_capacity_and_still_answers_everything(batches):
    server = Server()
    cache, counts = a_cache(server.fetch, PausedClock(), capacity=3)
    for batch in batches:
        keys = [str(number) for number in batch]
        assert set(await looked_up(cache, *keys)) == set(keys)
    held = [number for number in range(10) if cache.latest(str(number)) is not None]
    assert len(held) <= 3
    assert counts.misses - counts.evictions == len(held)


async def test_an_answer_can_fail_for_some_keys_alone():
    async def fetch(keys):
        return {key: 1 if key == "good" else SourceError("bad_price", "no") for key in keys}

    cache, _ = a_cache(fetch, PausedClock())
    found = await looked_up(cache, "good", "bad")
    assert isinstance(found["good"], Entry)
    assert found["bad"].code == "bad_price"


async def test_a_key_dropped_before_its_request_set_out_is_answered_but_not_kept():
    server = Server()
    cache, counts = a_cache(server.fetch, PausedClock())
    with cache.look_up(["a"]) as lookup:
        cache.drop("a")
        assert (await lookup.answers())["a"].value == 1
    assert cache.latest("a") is None
    assert counts.invalidations == 0


async def test_leaving_without_waiting_ends_the_request():
    server = Server()
    cache, _ = a_cache(server.fetch, PausedClock())
    with cache.look_up(["a"]):
        pass
    await asyncio.sleep(0)
    assert server.answers == 0
    assert (await looked_up(cache, "a"))["a"].value == 1


def test_before_the_first_lookup_the_hit_rate_is_zero():
    assert CacheCounts().hit_rate == 0
    assert CacheCounts(hits=2, misses=1, joined=1).hit_rate == 0.75
