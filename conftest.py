"""What holds for the tests of all packages."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# A deadline would be a stopwatch. Examples are the same in every run, so that a red run can be repeated;
# HYPOTHESIS_PROFILE=random looks for new ones.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("random", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

pytest.register_assert_rewrite("reev_types.testing", "reev_tools.jupiter.testing")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"
