from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from reev_types.amounts import (
    U64_MAX,
    AllAmount,
    Amount,
    ExactAmount,
    Holding,
    ShareAmount,
    StepAmount,
    UiAmount,
    UsdAmount,
    format_decimal,
    format_ui,
    parse_ui,
    resolve_amount,
    to_raw,
    to_ui,
)
from reev_types.errors import AmountError

raws = st.integers(0, U64_MAX)
decimals = st.integers(0, 18)


def holding(balance: int, spendable: int | None = None, price: str | None = None, places: int = 6) -> Holding:
    price_usd = Decimal(price) if price else None
    return Holding(
        balance_raw=balance,
        spendable_raw=balance if spendable is None else spendable,
        decimals=places,
        price_usd=price_usd,
    )


@given(raws, decimals)
def test_raw_units_survive_the_way_to_ui_units_and_back(raw, places):
    assert to_raw(to_ui(raw, places), places) == raw


@given(raws, decimals)
def test_the_text_of_an_amount_reads_back_to_the_same_raw_units(raw, places):
    text = format_ui(raw, places)
    assert Fraction(text) == Fraction(raw, 10**places)
    assert "e" not in text.lower()


@given(st.integers(-U64_MAX, U64_MAX), decimals)
def test_differences_keep_their_sign_in_ui_units(raw, places):
    assert to_ui(raw, places) * 10**places == raw


@pytest.mark.parametrize(
    ("ui", "places", "code"),
    [
        ("-0.1", 9, "negative"),
        ("NaN", 9, "negative"),
        ("Infinity", 9, "negative"),
        ("0.0000000001", 9, "too_precise"),
        ("18446744073.709551616", 9, "too_large"),
        ("1.5", 0, "too_precise"),
    ],
)
def test_an_amount_that_no_account_can_hold_is_refused(ui, places, code):
    with pytest.raises(AmountError) as caught:
        to_raw(Decimal(ui), places)
    assert caught.value.code == code


def test_the_largest_amount_is_exact():
    assert to_raw(Decimal("18446744073.709551615"), 9) == U64_MAX


@pytest.mark.parametrize(("text", "value"), [("0.1", "0.1"), ("15", "15"), (".5", "0.5"), ("007", "7")])
def test_plain_numbers_are_read(text, value):
    assert parse_ui(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "-1", "+1", "1e5", "1,000", "0x10", "1_000", "١", "1.", " 1", "max", "9" * 50])
def test_anything_else_is_not_a_number(text):
    with pytest.raises(AmountError) as caught:
        parse_ui(text)
    assert caught.value.code == "not_a_number"


@given(raws, st.decimals(min_value="0.000001", max_value=1, places=6))
def test_a_share_is_rounded_down_and_never_exceeds_the_balance(balance, of):
    exact = balance * Fraction(of)
    assume(exact >= 1)
    raw = resolve_amount(ShareAmount(of=of), holding(balance), {})
    assert raw <= exact < raw + 1
    assert raw <= balance


def test_a_share_of_one_is_everything_that_may_be_spent():
    assert resolve_amount(ShareAmount(of=Decimal(1)), holding(100, spendable=90), {}) == 90


@pytest.mark.parametrize(("keep", "left"), [(0, 90), (5, 90), (40, 60)])
def test_all_respects_both_the_reserve_and_what_is_to_be_kept(keep, left):
    assert resolve_amount(AllAmount(keep_raw=keep), holding(100, spendable=90), {}) == left


def test_all_of_nothing_is_an_error():
    with pytest.raises(AmountError, match="nothing is left") as caught:
        resolve_amount(AllAmount(keep_raw=100), holding(100), {})
    assert caught.value.code == "nothing_spendable"


def test_dollars_are_converted_at_the_known_price_and_rounded_down():
    sol = holding(10**9, price="150", places=9)
    assert resolve_amount(UsdAmount(value=Decimal(20)), sol, {}) == 133_333_333


def test_dollars_without_a_price_are_never_guessed():
    with pytest.raises(AmountError) as caught:
        resolve_amount(UsdAmount(value=Decimal(20)), holding(10**9), {})
    assert caught.value.code == "unknown_price"


def test_dollars_beyond_what_an_account_holds_are_refused():
    with pytest.raises(AmountError) as caught:
        resolve_amount(UsdAmount(value=Decimal(10**15)), holding(1, price="0.0000001", places=9), {})
    assert caught.value.code == "too_large"


def test_an_amount_from_a_step_is_what_that_step_produced():
    assert resolve_amount(StepAmount(step_id="swap_1"), holding(0), {"swap_1": 77}) == 77
    assert resolve_amount(StepAmount(step_id="swap_1", of=Decimal("0.5")), holding(0), {"swap_1": 77}) == 38


def test_only_a_part_of_what_a_step_produced_is_written_as_a_part():
    assert StepAmount(step_id="swap_1").to_json() == {"kind": "from_step", "step_id": "swap_1"}
    half = StepAmount(step_id="swap_1", of=Decimal("0.5"))
    assert half.to_json() == {"kind": "from_step", "step_id": "swap_1", "of": "0.5"}
    assert StepAmount.model_validate(half.to_json()) == half


def test_an_amount_from_a_step_that_never_ran_is_an_error():
    with pytest.raises(AmountError) as caught:
        resolve_amount(StepAmount(step_id="swap_1"), holding(0), {})
    assert caught.value.code == "unknown_step"


@pytest.mark.parametrize("amount", [ExactAmount(raw=0), StepAmount(step_id="a")])
def test_zero_is_no_amount(amount):
    with pytest.raises(AmountError) as caught:
        resolve_amount(amount, holding(5), {"a": 0})
    assert caught.value.code == "zero_amount"


@pytest.mark.parametrize(
    "document",
    [
        {"kind": "exact", "raw": -1},
        {"kind": "exact", "raw": 2**64},
        {"kind": "exact", "raw": 1.0},
        {"kind": "exact", "raw": "1"},
        {"kind": "exact", "raw": True},
        {"kind": "share", "of": "0"},
        {"kind": "share", "of": "1.01"},
        {"kind": "share", "of": True},
        {"kind": "usd", "value": "nan"},
        {"kind": "half"},
        {"kind": "all", "keep": 1},
    ],
)
def test_impossible_amounts_do_not_validate(document):
    with pytest.raises(ValidationError):
        TypeAdapter(Amount).validate_python(document)


def test_a_decimal_is_text_in_json_and_numbers_are_accepted():
    adapter = TypeAdapter(UiAmount)
    assert adapter.dump_json(adapter.validate_json("0.1")) == b'"0.1"'
    assert adapter.validate_json('"0.1"') == adapter.validate_json("0.1") == Decimal("0.1")


@pytest.mark.parametrize(("value", "text"), [("50.0", "50"), ("1E+3", "1000"), ("0.10", "0.1"), ("100", "100")])
def test_a_decimal_is_written_without_exponent_and_trailing_zeros(value, text):
    assert format_decimal(Decimal(value)) == text
