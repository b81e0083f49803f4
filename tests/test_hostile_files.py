"""Whatever a file holds: one line with a place, status 2, in bounded time and memory, and never a traceback."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = (
    "id: 901-hostile\nprompt: p\n"
    "initial_state:\n"
    '  - {pubkey: USER_WALLET_PUBKEY, owner: "11111111111111111111111111111111", lamports: %s}\n'
    "ground_truth:\n"
    "  final_state_assertions:\n"
    "    - {type: SolBalance, pubkey: %s, expected: %s}\n"
)
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"

HOSTILE = {
    "yaml bomb": BOMB.encode(),
    "deep flow nesting": b"[" * 200_000,
    "deep map nesting": b"{a: " * 60_000,
    "deep block nesting": b"\n".join(b"  " * depth + b"a:" for depth in range(400)),
    "binary": bytes(range(256)) * 64,
    "utf-16": "id: x".encode("utf-16"),
    "nul": b"id: x\0y\n",
    "empty": b"",
    "a list": b"- 1\n- 2\n",
    "a scalar": b"hello",
    "two documents": b"id: a\n---\nid: b\n",
    "a python tag": b"!!python/object/apply:os.system ['echo owned']\n",
    "duplicate key": b"id: a\nid: b\n",
    "one long line": b"id: " + b"x" * 250_000,
    "many keys": b"".join(b"k%d: 1\n" % number for number in range(20_000)),
    "unfinished string": b'id: "abc\n',
    "tabs": b"id:\n\t- a\n",
    "negative lamports": (GOOD % (-1, "USER_WALLET_PUBKEY", 1)).encode(),
    "too many lamports": (GOOD % (2**64, "USER_WALLET_PUBKEY", 1)).encode(),
    "fractional lamports": (GOOD % (1.5, "USER_WALLET_PUBKEY", 1)).encode(),
    "boolean lamports": (GOOD % ("true", "USER_WALLET_PUBKEY", 1)).encode(),
    "huge integer": (GOOD % ("9" * 5_000, "USER_WALLET_PUBKEY", 1)).encode(),
    "text for a number": (GOOD % (1, "USER_WALLET_PUBKEY", "lots")).encode(),
    "unknown placeholder": (GOOD % (1, "NOBODY_KNOWS_ME", 1)).encode(),
    "unknown assertion": (GOOD % (1, "USER_WALLET_PUBKEY", 1)).replace("SolBalance", "SolBalanse").encode(),
    "no ground truth": b"id: a\nprompt: p\ninitial_state: []\n",
    "path in id": (GOOD % (1, "USER_WALLET_PUBKEY", 1)).replace("901-hostile", "../../etc/passwd").encode(),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> dict[str, list[str]]:
    """Run the command line once over all of them, within limits, and return by name the lines about each."""
    folder = tmp_path_factory.mktemp("hostile")
    names = {f"{number:03}.yml": name for number, name in enumerate(HOSTILE)}
    for file, name in names.items():
        (folder / file).write_bytes(HOSTILE[name])
    done = limited([str(Path(sys.executable).with_name("reev-runner")), str(folder)], folder)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    lines = done.stdout.splitlines()
    bad = [line for line in lines if line.startswith("BAD ")]
    return {name: [line for line in bad if file in line] for file, name in names.items()}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_one_line_with_a_place(said, name):
    assert len(said[name]) == 1
    assert all(len(line) < 1_000 for line in said[name])
    assert all(re.search(r"\.yml(:\d+:\d+)?: ", line) for line in said[name])


def limited(command: list[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run with 1 GiB of address space and 20 seconds of processor time."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))

    return subprocess.run(
        command, cwd=cwd, preexec_fn=limit, capture_output=True, text=True, timeout=100, check=False, env=os.environ
    )


def test_a_file_of_a_hundred_megabytes_is_not_even_read(tmp_path):
    path = tmp_path / "huge.yml"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    done = limited([str(Path(sys.executable).with_name("reev-runner")), str(path)], tmp_path)
    assert done.returncode == 2, done.stderr
    assert "huge.yml" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_one_hostile_file_does_not_stop_the_others(reev_runner, tmp_path):
    path = tmp_path / "hostile.yml"
    path.write_bytes(HOSTILE["yaml bomb"])
    done = reev_runner(str(path), "001")
    assert done.returncode == 2
    assert "PASS 001-sol-transfer" in done.stdout
