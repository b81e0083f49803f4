import io

import pytest

from reev_runner.report import console_on, print_command


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def test_a_pipe_is_a_hundred_columns_wide_without_colour():
    console = console_on(io.StringIO())
    assert (console.width, console.color_system) == (100, None)


def test_a_pipe_follows_columns(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    assert console_on(io.StringIO()).width == 60


def test_a_wide_terminal_is_not_used_to_its_end(monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    assert console_on(Terminal()).width == 120


def test_a_terminal_has_colour_unless_no_color_is_set(monkeypatch):
    assert console_on(Terminal()).color_system is not None
    monkeypatch.setenv("NO_COLOR", "1")
    assert console_on(Terminal()).no_color


def test_markup_and_emoji_codes_are_text():
    stream = io.StringIO()
    console_on(stream).print("[red]:boom:[/red]")
    assert stream.getvalue() == "[red]:boom:[/red]\n"


def test_an_output_without_unicode_gets_likenesses():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    console_on(stream).print("✓ 1 → 2 … 送")
    stream.flush()
    assert raw.getvalue() == b"+ 1 -> 2 ... ?\n"


def test_a_command_is_never_wrapped():
    stream = io.StringIO()
    print_command(console_on(stream), "next", "reev show " + "x" * 200)
    assert stream.getvalue() == f"next reev show {'x' * 200}\n"


def test_a_reader_that_went_away_is_left_to_the_program():
    class Closed(io.StringIO):
        def write(self, text):
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        console_on(Closed()).print("x")
