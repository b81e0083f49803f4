from hypothesis import given
from hypothesis import strategies as st
from solders.hash import Hash

from reev_tools.chain._blockhashes import MAX_AGE_SLOTS, BlockhashQueue

START = 435_888_000


@given(age=st.integers(0, 400))
def test_a_blockhash_is_valid_until_its_age_exceeds_the_limit(age: int) -> None:
    queue = BlockhashQueue(0)
    assert queue.is_valid(queue.newest(START), START + age) == (age <= MAX_AGE_SLOTS)


def test_the_blockhash_of_a_later_slot_is_not_valid_yet() -> None:
    queue = BlockhashQueue(0)
    assert not queue.is_valid(queue.newest(START + 1), START)


def test_every_slot_and_every_seed_has_its_own_blockhash() -> None:
    hashes = {BlockhashQueue(seed).newest(START + slot) for seed in (0, 1, -1) for slot in range(5)}
    assert len(hashes) == 15


def test_a_made_up_blockhash_is_never_valid() -> None:
    assert not BlockhashQueue(0).is_valid(Hash.default(), START)


def test_the_queue_of_a_young_chain_does_not_reach_below_slot_zero() -> None:
    queue = BlockhashQueue(0)
    assert queue.is_valid(queue.newest(0), 3)
    assert not queue.is_valid(Hash.default(), 3)
