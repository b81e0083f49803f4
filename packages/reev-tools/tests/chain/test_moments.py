import pytest

from reev_tools.chain._moments import check_forward, later
from reev_types.chain import ChainClock
from reev_types.errors import ChainError

NOW = ChainClock(slot=10, unix_timestamp=1_000)


def test_a_later_moment_has_both_added():
    assert later(NOW, slots=3, seconds=7) == ChainClock(slot=13, unix_timestamp=1_007)


@pytest.mark.parametrize("step", [{"slots": 2**63, "seconds": 0}, {"slots": 0, "seconds": 2**63}])
def test_no_moment_is_beyond_what_programs_can_read(step):
    with pytest.raises(ChainError) as caught:
        later(NOW, **step)
    assert caught.value.code == "time_out_of_range"


@pytest.mark.parametrize(("slots", "seconds"), [(-1, 0), (0, -1)])
def test_nothing_is_added_that_is_negative(slots, seconds):
    with pytest.raises(ChainError) as caught:
        check_forward(slots, seconds)
    assert caught.value.code == "time_runs_forward"


def test_standing_still_is_forward():
    check_forward(0, 0)
