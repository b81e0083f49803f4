"""What docs/agents.md shows of entry points, messages and settings is what works."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from reev_agent.foreign._request import request_body
from reev_agent.foreign._response import Proposal, read_response
from reev_runner.execution._visitors import ENTRY_POINTS
from reev_runner.files import find_benchmarks, load_case
from reev_types.addresses import decode_base58
from reev_types.agents import AgentRequest
from reev_types.atomicity import AtomicMode
from reev_types.contexts import FlowState, PromptContext, WalletContext

DOCUMENT = (Path(__file__).resolve().parent.parent / "docs" / "agents.md").read_text()
WALLET = "6Nv9xQmZTRdQ4QxZ1WcPaivUaGhvuX1pCwAkcKCZDYaw"


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", DOCUMENT, re.S | re.M)


@pytest.fixture
def commands(tmp_path):
    """Run a program of reev in a folder of its own."""

    def run(program, *arguments):
        return subprocess.run(
            [str(Path(sys.executable).with_name(program)), *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_entry_point_shown_makes_the_agent_shown_known(commands, tmp_path):
    shown = tomllib.loads(blocks("toml")[0])["project"]["entry-points"]
    assert list(shown) == [ENTRY_POINTS]
    ((name, target),) = shown[ENTRY_POINTS].items()
    (tmp_path / f"{target.partition(':')[0]}.py").write_text(blocks("python")[0])
    metadata = tmp_path / "shown-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: shown\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[{ENTRY_POINTS}]\n{name} = {target}\n")
    assert f"{name} " in commands("reev", "agents").stdout
    assert commands("reev", "run", "001", "--agent", name).returncode == 0


def test_the_request_shown_is_what_a_service_is_sent():
    case = load_case(find_benchmarks(["001"])[0])
    context = PromptContext(
        wallet_context=WalletContext(owner=WALLET, sol_balance=10**9),
        flow_state=FlowState(current_step_index=0, total_steps=1, atomic_mode=AtomicMode.STRICT),
        accounts={"USER_WALLET_PUBKEY": WALLET},
        generated_at=0,
    )
    request = AgentRequest(benchmark_id=case.id, step_id="step_1", prompt=f"{case.prompt} …", context=context)
    sent = json.loads(request_body(request, "default-model"))
    shown = json.loads(blocks("json")[0])
    assert sent.pop("context_prompt").startswith(shown.pop("context_prompt").removesuffix("{…}"))
    assert sent == shown


def test_the_answer_shown_is_understood():
    told = read_response(blocks("json")[1].encode())
    assert isinstance(told, Proposal)
    assert told.summary == "Sent 0.1 SOL."
    ((instruction,),) = told.transactions
    assert decode_base58(instruction["data"]) == (2).to_bytes(4, "little") + (10**8).to_bytes(8, "little")


def test_the_settings_shown_start_a_server(commands):
    ((_, setting),) = json.loads(blocks("json")[2])["mcpServers"].items()
    done = commands(setting["command"], *setting["args"])
    assert done.returncode == 1, done.stderr
    assert "001-sol-transfer  failed" in done.stderr
