import json

from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.rendering._text import block, label, line, quoted
from reev_types.tokens import SOL_MINT


@given(st.text(), st.integers(1, 50))
def test_a_line_is_visible_bounded_and_stays_itself(text, most):
    shown = line(text, most)
    assert shown.isprintable()
    assert len(shown) <= most
    assert line(shown, most) == shown


@given(st.text())
def test_a_block_keeps_its_lines_and_stays_itself(text):
    shown = block(text)
    assert all(part.isprintable() for part in shown.split("\n"))
    assert [len(part) for part in shown.split("\n")] == [len(part) for part in (text.splitlines() or [""])]
    assert block(shown) == shown


@given(st.text(max_size=200))
def test_a_quoted_text_reads_back_as_its_line(text):
    assert json.loads(quoted(text)) == line(text)


def test_a_cut_text_says_that_it_is_cut():
    assert line("x" * 501) == "x" * 499 + "…"


def test_a_mint_is_called_by_symbol_and_a_name_by_itself():
    assert (label(SOL_MINT), label("SOME_MINT")) == ("SOL", "SOME_MINT")
