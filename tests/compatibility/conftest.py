"""The original's benchmark files, where they lie beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

ORIGINALS = Path(__file__).parents[2].parent / "shared" / "data" / "original-benchmarks"


@pytest.fixture(scope="session")
def originals() -> Path:
    if not ORIGINALS.is_dir():
        pytest.skip(f"the original's benchmark files are not at {ORIGINALS}")
    return ORIGINALS


@pytest.fixture(scope="session")
def original_files(originals: Path) -> dict[str, Path]:
    """The files by their number."""
    return {path.name[:3]: path for path in sorted(originals.glob("*.yml"))}
