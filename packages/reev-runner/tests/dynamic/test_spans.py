from decimal import Decimal
from fractions import Fraction
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from reev_runner.dynamic._spans import NOTHING, Span, at_least, exactly

AMOUNTS = st.integers(min_value=0, max_value=2**64 - 1)


@st.composite
def spans(draw):
    low, high = sorted((draw(AMOUNTS), draw(AMOUNTS)))
    return Span(draw(st.sampled_from((low, None))), draw(st.sampled_from((high, None)))), draw(st.integers(low, high))


def inside(raw, span):
    return (span.low is None or span.low <= raw) and (span.high is None or raw <= span.high)


@given(spans(), spans())
def test_sums_and_differences_of_amounts_lie_in_those_of_their_spans(one, other):
    (a, x), (b, y) = one, other
    assert inside(x + y, a.plus(b))
    assert inside(x - y, a.minus(b))


@given(spans(), st.decimals(min_value="0.0001", max_value=1, places=4))
def test_a_part_of_an_amount_lies_in_the_part_of_its_span(one, share):
    span, amount = one
    assert inside(floor(amount * Fraction(share)), span.part(share))


def test_parts_are_rounded_outward():
    assert exactly(3).part(Decimal("0.5")) == Span(1, 2)


def test_an_open_side_stays_open():
    assert at_least(5).minus(exactly(2)) == Span(3, None)
    assert exactly(5).minus(at_least(2)) == Span(None, 3)


def test_leeway_goes_both_ways():
    assert NOTHING.widened(3) == Span(-3, 3)
