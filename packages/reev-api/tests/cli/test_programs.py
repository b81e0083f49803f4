from __future__ import annotations

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from reev_api.cli import program


@pytest.fixture
def run(tmp_path):
    def run(*arguments):
        return CliRunner().invoke(program, [*arguments, "--data", str(tmp_path)])

    return run


def test_a_token_is_created_listed_and_revoked(run):
    token = run("tokens", "create", "the build's", "--scope", "read").stdout.strip()
    token_id = token.split("_")[1]
    listed = run("tokens", "list").stdout
    assert token_id in listed
    assert "read" in listed
    assert token not in listed
    assert run("tokens", "revoke", token_id).exit_code == 0
    assert "revoked" in run("tokens", "list").stdout


def test_a_token_that_nobody_has_is_not_revoked(run):
    answer = run("tokens", "revoke", "none")
    assert (answer.exit_code, "unknown_token" in answer.output) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--no-auth", "--host", "0.0.0.0"], "auth_required"), (["--database", "mysql://x/y", "--port", "0"], "bad_data")],
)
def test_a_server_that_cannot_start_says_why_in_a_line(run, arguments, code):
    answer = run("serve", *arguments)
    assert answer.exit_code == 2
    assert code in answer.output
    assert "Traceback" not in answer.output


def test_a_port_that_is_taken_is_told(run, server):
    answer = run("serve", "--port", server.url.rpartition(":")[2])
    assert (answer.exit_code, "address_in_use" in answer.output) == (2, True)


def test_help_imports_no_server():
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "reev_api", "serve", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "200"},
    )
    assert "--no-auth" in told.stdout
    for heavy in ("fastapi", "sqlalchemy", "solders", "uvicorn"):
        assert f"| {heavy}\n" not in told.stderr
