import sys
from importlib.metadata import EntryPoint

import pytest

from reev_runner.cli import _commands


@pytest.fixture
def plugins(workplace, monkeypatch):
    """Install modules as entry points of other packages."""
    monkeypatch.syspath_prepend(workplace)
    points = []

    def install(name, module, source):
        (workplace / f"{module}.py").write_text(source)
        points.append(EntryPoint(name, f"{module}:app", _commands.ENTRY_POINTS))

    monkeypatch.setattr("importlib.metadata.entry_points", lambda *, group: points)
    _commands._foreign.cache_clear()
    yield install
    _commands._foreign.cache_clear()


SERVE = """
import typer
app = typer.Typer()
@app.command()
def serve(port: int = 80):
    typer.echo(f"serving on {port}")
"""


def test_a_command_of_another_package_runs(plugins, reev):
    plugins("serve", "reev_plugin_runs", SERVE)
    assert reev("serve", "--port", "8080").stdout == "serving on 8080\n"


def test_help_names_it_without_importing_it(plugins, reev):
    plugins("serve", "reev_plugin_unseen", SERVE)
    assert "serve" in reev("--help").stdout
    assert "reev_plugin_unseen" not in sys.modules


def test_its_own_errors_are_reported_alike(plugins, reev):
    source = SERVE.replace(
        "typer.echo", 'from reev_types.errors import UsageError; raise UsageError("port_taken", "taken"); typer.echo'
    )
    plugins("serve", "reev_plugin_raises", source)
    result = reev("serve")
    assert (result.exit_code, result.stderr) == (2, "error: taken [port_taken]\n")


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("app = 3", "TypeError: reev_plugin_broken:app is no typer.Typer"),
        ("", "AttributeError: module 'reev_plugin_broken' has no attribute 'app'"),
        ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
    ],
)
def test_a_broken_one_gives_one_line_and_leaves_the_others_alone(plugins, reev, source, complaint):
    sys.modules.pop("reev_plugin_broken", None)
    plugins("serve", "reev_plugin_broken", source)
    result = reev("serve")
    assert result.exit_code == 3
    assert result.stderr == f"error: 'serve' of reev_plugin_broken:app cannot be loaded: {complaint}\n"
    assert reev("agents").exit_code == 0


def test_a_command_of_reev_cannot_be_replaced(plugins, reev):
    plugins("agents", "reev_plugin_thief", SERVE)
    assert "deterministic" in reev("agents").stdout
    assert reev("--help").stdout.count("  agents ") == 1


def test_of_two_with_one_name_the_first_by_origin_stays(plugins, reev):
    plugins("serve", "reev_plugin_zzz", SERVE.replace("serving", "wrong"))
    plugins("serve", "reev_plugin_aaa", SERVE)
    assert reev("serve").stdout == "serving on 80\n"
