from decimal import Decimal

import pytest

from reev_runner.files._scalars import resolve_scalar


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_null_has_five_spellings(text: str):
    assert resolve_scalar(text) is None


@pytest.mark.parametrize(("text", "value"), [("true", True), ("True", True), ("FALSE", False), ("false", False)])
def test_booleans_are_true_and_false(text: str, value: bool):
    assert resolve_scalar(text) is value


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("-7", -7), ("+12", 12), (str(2**64), 2**64)])
def test_integers_are_decimal(text: str, value: int):
    assert resolve_scalar(text) == value
    assert isinstance(resolve_scalar(text), int)


@pytest.mark.parametrize("text", ["0.1", ".5", "-1.25", "3.", "1e3", "2.5E-2", "0.10"])
def test_fractions_keep_every_digit(text: str):
    value = resolve_scalar(text)
    assert isinstance(value, Decimal)
    assert value.as_tuple() == Decimal(text).as_tuple()


WORDS = "yes no on off 12:30:00 0o17 0x1f 1_000 007 00 -010 .inf .nan 2026-01-01 tRue nULL 1.2.3 e3 + . ٣"


@pytest.mark.parametrize("text", WORDS.split())
def test_everything_else_is_text(text: str):
    assert resolve_scalar(text) == text


@pytest.mark.parametrize("text", ["9" * 81, "0." + "1" * 80, "1e61", "1e-61", "1e999999999"])
def test_numbers_that_could_fill_the_memory_are_refused(text: str):
    with pytest.raises(ValueError, match="the number"):
        resolve_scalar(text)
