from __future__ import annotations

import pytest

from reev_orchestrator.language import parse
from reev_types.errors import UserError

ALICE = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"


@pytest.fixture(scope="session")
def alice() -> str:
    return ALICE


@pytest.fixture(scope="session")
def refused():
    """Return the error that a sentence raises."""

    def refused(text: str) -> UserError:
        with pytest.raises(UserError) as caught:
            parse(text)
        return caught.value

    return refused


@pytest.fixture(scope="session")
def blamed(refused):
    """Return code and blamed piece of a sentence."""

    def blamed(text: str) -> tuple[str, str]:
        error = refused(text)
        return error.code, text[error.place.start : error.place.end]

    return blamed
