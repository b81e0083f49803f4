import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_runner.report._text import one_line, shortened, visible_lines

HOSTILE = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("\x1b\x9b\x9d\x07[]m0;31\u202e\u0301\n\t")), max_size=400
)


@given(HOSTILE, st.integers(min_value=1, max_value=100))
def test_whatever_the_text_one_line_is_printable_and_short(text, limit):
    shown = one_line(text, limit)
    assert shown.isprintable()
    assert len(shown) <= limit + 1


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N", "P"]), max_size=80))
def test_plain_words_stay_as_they_are(text):
    assert one_line(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;new title\x07after", "after"),
        ("\x1b]8;;evil\x1b\\link", "link"),
        ("\x9b2Jcleared", "cleared"),
        ("lonely \x1b escape", "lonely � escape"),
        ("a\x00b\x08c\x7fd", "a�b�c�d"),
        ("abc\u202edcba", "abc�dcba"),
        ("zero\u200bwidth", "zero�width"),
        ("two\nlines\r\n\tand\u2028more", "two lines and more"),
        ("half a pair \ud800", "half a pair �"),
        ("送金 ✓ é", "送金 ✓ é"),
    ],
)
def test_what_steers_a_terminal_is_taken_out_or_made_visible(text, shown):
    assert one_line(text) == shown


def test_marks_piled_on_one_letter_are_thinned_out():
    assert one_line("a" + "\u0301" * 500 + "b") == "a" + "\u0301" * 3 + "b"


def test_a_long_text_says_that_it_was_cut():
    assert one_line("x" * 30, limit=10) == "xxxxxxxxxx…"


def test_a_text_hidden_behind_invisible_characters_says_that_it_was_cut():
    assert one_line(" " * 1_000 + "payload", limit=10) == "…"


def test_lines_beyond_the_limit_are_counted():
    assert visible_lines("a\n\x1b[1mb\nc\nd", 2) == ["a", "b", "… 2 more lines"]


def test_few_lines_are_all_shown():
    assert visible_lines("a\n\nb", 3) == ["a", "", "b"]


def test_an_address_is_shown_by_its_ends():
    assert shortened("EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v") == "EPjF…Dt1v"


def test_a_short_id_is_shown_whole():
    assert shortened("abc") == "abc"
