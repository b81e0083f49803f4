from __future__ import annotations

from pathlib import Path

import pytest

from reev_tools.surfpool import Absent, find_surfpool

MODULE = "node_modules/@solana/surfpool-linux-x64-gnu"


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A node that stands on PATH, in a folder where nothing else does."""
    node = tmp_path / "bin/node"
    node.parent.mkdir()
    node.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(node.parent))
    return node


def test_an_installed_surfpool_is_a_command_of_node(tmp_path: Path, on_path: Path) -> None:
    (tmp_path / MODULE).mkdir(parents=True)
    found = find_surfpool(tmp_path)
    assert not isinstance(found, Absent)
    node, launcher, module, _ = found
    assert (node, module) == (str(on_path), str(tmp_path / MODULE))
    assert Path(launcher).is_file()


def test_a_missing_package_says_how_to_get_it(tmp_path: Path, on_path: Path) -> None:
    found = find_surfpool(tmp_path)
    assert isinstance(found, Absent)
    assert found.reason.endswith("run `make peers`")


def test_a_missing_node_is_named_first(tmp_path: Path, on_path: Path) -> None:
    on_path.unlink()
    found = find_surfpool(tmp_path)
    assert isinstance(found, Absent)
    assert found.reason.startswith("node is not on PATH")
