from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reev_tools.surfpool import SurfpoolProcess
from reev_tools.surfpool._rpc import Rpc
from reev_types.errors import ChainError

SERVES_UNTIL_ITS_INPUT_ENDS = """
import pathlib, sys
print('{"rpcUrl": "http://127.0.0.1:1"}', flush=True)
sys.stdin.read()
pathlib.Path(sys.argv[1]).write_text("ended")
"""
COMPLAINS = """print('{"error": "no such module"}')"""
RAISES = "raise SystemExit(1)"


async def test_a_child_is_ended_through_its_input(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    async with SurfpoolProcess([sys.executable, "-c", SERVES_UNTIL_ITS_INPUT_ENDS, str(trace)]) as url:
        assert url == "http://127.0.0.1:1"
        assert not trace.exists()
    assert trace.read_text() == "ended"


@pytest.mark.parametrize(("script", "reason"), [(COMPLAINS, "no such module"), (RAISES, "it says nothing")])
async def test_a_child_that_does_not_serve_is_a_failed_peer(script: str, reason: str) -> None:
    with pytest.raises(ChainError, match=reason) as failed:
        async with SurfpoolProcess([sys.executable, "-c", script]):
            pytest.fail("nothing serves")
    assert failed.value.code == "peer_failed"


async def test_a_command_that_is_none_is_a_failed_peer(tmp_path: Path) -> None:
    with pytest.raises(ChainError) as failed:
        async with SurfpoolProcess([str(tmp_path / "none")]):
            pytest.fail("nothing serves")
    assert failed.value.code == "peer_failed"


async def test_a_folder_without_the_module_is_a_failed_peer(surfpool_command: tuple[str, ...], tmp_path: Path) -> None:
    node, launcher, _, configuration = surfpool_command
    with pytest.raises(ChainError, match="Cannot find module"):
        async with SurfpoolProcess([node, launcher, str(tmp_path), configuration]):
            pytest.fail("nothing serves")


async def test_a_surfpool_outlives_its_queue_of_events_and_then_ends(
    surfpool_command: tuple[str, ...],
) -> None:
    async with SurfpoolProcess(surfpool_command) as url:
        rpc = Rpc(url)
        for _ in range(600):  # some 500 fill the queue
            await rpc.call("requestAirdrop", "11111111111111111111111111111112", 1_000_000)
        await rpc.aclose()
    gone = Rpc(url)
    with pytest.raises(ChainError) as failed:
        await gone.call("getHealth")
    await gone.aclose()
    assert failed.value.code == "rpc_unreachable"
