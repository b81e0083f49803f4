import subprocess
import sys

import pytest

HEAVY = ("httpx", "jinja2", "pydantic", "reev_agent", "reev_tools", "reev_types", "rich", "solders", "yaml")


def imported_by(program, *arguments):
    """Return which heavy modules a program imports, in a fresh interpreter."""
    code = (
        "import sys\n"
        f"from reev_runner.cli import {program}\n"
        f"try: {program}({list(arguments)!r})\n"
        "except SystemExit: pass\n"
        f"print(*sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ended.stdout
    return ended.stderr.split()


@pytest.mark.parametrize(
    ("program", "arguments"),
    [("runner", ["--help"]), ("group", ["--help"]), ("runner", ["--version"]), ("group", ["--version"])],
)
def test_help_and_version_import_nothing_heavy(program, arguments):
    assert imported_by(program, *arguments) == []


def test_help_shows_every_flag_and_examples(reev_runner):
    text = reev_runner("--help").stdout
    for flag in ("--agent", "--seed", "--json", "--junit", "--tag", "--fail-fast", "--out", "--verbose", "--config"):
        assert f" {flag}" in text
    assert "reev-runner 001-sol-transfer" in text
    assert "Exit status: 0 all passed, 1 some failed, 2 wrong usage or a bad file," in text


def test_both_programs_run_benchmarks_with_the_same_flags(reev, reev_runner):
    options = [
        result.stdout.partition("Options:")[2].partition("Examples:")[0]
        for result in (reev_runner("--help"), reev("run", "--help"))
    ]
    assert options[0] == options[1]


@pytest.mark.parametrize("program", ["reev", "reev_runner"])
def test_the_version_is_that_of_the_package(request, program):
    result = request.getfixturevalue(program)("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("reev 0.")


def test_the_group_lists_its_commands(reev):
    text = reev("--help").stdout
    for command in ("run", "show", "lint", "list", "agents", "schema", "config"):
        assert f"\n  {command} " in text


def test_the_group_without_a_command_shows_its_help(reev):
    result = reev()
    assert result.exit_code == 2
    assert "Commands:" in result.stderr


def test_a_misspelt_command_is_put_right(reev):
    result = reev("lnt")
    assert result.exit_code == 2
    assert "Did you mean 'lint'?" in result.stderr


def test_a_misspelt_flag_is_wrong_usage(reev_runner):
    result = reev_runner("001", "--agnt", "x")
    assert result.exit_code == 2
    assert "--agent" in result.stderr
