"""Commands whose options are declared in groups."""

import re
from typing import Annotated, NamedTuple

import pytest
import typer
from typer.testing import CliRunner

from reev_runner.cli._groups import grouped


class Paint(NamedTuple):
    colour: Annotated[str, typer.Option(help="Which.")] = "red"
    coats: Annotated[int, typer.Option("--coats", "-c", min=1)] = 1


class Brush(NamedTuple):
    width_mm: int = 20


def painted(*arguments):
    told = []

    @grouped
    def paint(*, what: str, paint: Paint, fast: bool = False, brush: Brush) -> None:
        """Paint something."""
        told.append((what, paint, fast, brush))

    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(paint)
    result = CliRunner().invoke(app, list(arguments))
    return result, told


def test_a_command_is_called_with_its_groups():
    _, told = painted("wall", "--colour", "blue", "-c", "2", "--fast", "--width-mm", "5")
    assert told == [("wall", Paint("blue", 2), True, Brush(5))]


def test_what_is_not_given_has_the_default_of_its_field():
    assert painted("wall")[1] == [("wall", Paint(), False, Brush())]


def test_help_lists_options_in_the_order_of_parameters_and_fields():
    help_text = painted("--help")[0].stdout
    places = [help_text.index(flag) for flag in ("--colour", "--coats", "--fast", "--width-mm", "--help")]
    assert places == sorted(places)
    assert "Paint something." in help_text


@pytest.mark.parametrize("arguments", [["wall", "-c", "0"], ["wall", "--coats", "many"], []])
def test_fields_are_checked_like_parameters(arguments):
    result, told = painted(*arguments)
    assert (result.exit_code, told) == (2, [])


def test_an_option_means_the_same_in_every_command(reev):
    shared = ("--wallet WALLET", "--context FILE", "--rpc-url URL", "--sol-reserve SOL")
    told = [
        [said for said in _options(reev(command, "--help").stdout) if said.startswith(shared)]
        for command in ("run", "exec", "plan")
    ]
    assert [len(options) for options in told] == [4, 4, 4]
    assert told == [told[0]] * 3


def _options(text):
    """Return every option with its help on one line: how wide the first column is depends on the others."""
    return [" ".join(said.split()) for said in re.split(r"\n  (?=-)", text)]
