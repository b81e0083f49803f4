import pytest

from reev_runner.judgement._figures import figures
from reev_runner.judgement._labels import facts_of, without_tables


def facts(text: str) -> str:
    """Return a letter for each number: e(arned), l(ent) or - for neither."""
    return "".join((fact or "-")[0] for fact in facts_of(text, figures(text, "USDC")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", "-"),
        ("earned 5", "e"),
        ("worth 5", "l"),
        ("5 earned on 6 lent", "el"),
        ("earned 5 on 6 lent", "el"),
        ("position: 5 earned - 6 in total", "el"),
        ("worth 5 USDC earned 6", "le"),
        ("lent_raw=5 earned_raw=6", "le"),
        ("earnings on the amount lent: 5", "e"),
        ("value including interest: 5", "l"),
        ("your lent USDC has earned 5", "e"),
        ("position and earnings: 5 and 6", "le"),
        ("earnings and position: 5 and 6", "el"),
        ("position and earnings: 5 and it is worth 7", "el"),
        ("earned 5 and 6", "e-"),
        ("earned 5.1 (5.12)", "ee"),
        ("Earnings\n5\n6", "e-"),
        ("Earnings.\n\nToday:\n5", "e"),
        ("You earned. You have 5 lent", "l"),
        ("jupiter_earn says 5", "-"),
        ("Jupiter Lend Earn: 5", "-"),
        ("5, earned", "-"),
        ("learned 5", "-"),
        ("grown by 5, grown to 6", "e-"),
    ],
)
def test_words_name_the_numbers_around_them(text: str, expected: str) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no table\n5", "no table\n5"),
        ("| a | b |\n|---|---|\n| x | 5 |", "b x: 5"),
        ("a | b\n5 | 6", "a : 5\nb : 6"),
        ("| x | 5 |", " x: 5"),
        ("| a |\n| b | c |\n| x | 5 | 6 |", "| a |\nc x: 5\n x: 6"),
        ("a | b\nbreak\n5 | 6", "break\n : 5\n : 6"),
    ],
)
def test_a_table_becomes_a_line_for_each_cell_with_a_number(text: str, expected: str) -> None:
    assert without_tables(text) == expected
