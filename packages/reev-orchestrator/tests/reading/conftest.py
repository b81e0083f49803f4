from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest

from reev_orchestrator.reading import ModelReader
from reev_types.errors import UserError
from reev_types.tools import ToolSpec

ALICE = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"


@dataclass
class Parrot:
    """A model that says what it is given, and remembers what it was asked."""

    said: str
    name: str = "parrot"
    asked: list[tuple[str, str, ToolSpec]] = field(default_factory=list)

    async def answer(self, instructions, text, form):
        self.asked.append((instructions, text, form))
        return self.said


@pytest.fixture(scope="session")
def alice() -> str:
    return ALICE


@pytest.fixture(scope="session")
def exactly():
    """An amount as a model says it."""
    return lambda value: {"kind": "exact", "value": value}


@pytest.fixture(scope="session")
def swap(exactly):
    """A swap as a model says it."""

    def swap(amount="0.1", source="SOL", target="USDC", **more):
        said = exactly(amount) if isinstance(amount, str) else amount
        return {"kind": "swap", "input_mint": source, "output_mint": target, "amount": said} | more

    return swap


@pytest.fixture(scope="session")
def intents():
    """An answer with intents."""
    return lambda *intents: json.dumps({"intents": intents})


@pytest.fixture(scope="session")
def parrot():
    return Parrot


@pytest.fixture(scope="session")
def read(intents):
    """Read a sentence with a model that answers with these intents, or with this text."""

    async def read(sentence, *answer):
        said = answer[0] if answer and isinstance(answer[0], str) else intents(*answer)
        return await ModelReader(Parrot(said)).read(sentence)

    return read


@pytest.fixture(scope="session")
def refused(read):
    """Return code and blamed piece of what a model makes of a sentence."""

    async def refused(sentence, *answer):
        with pytest.raises(UserError) as caught:
            await read(sentence, *answer)
        place = caught.value.place
        return caught.value.code, place.text[place.start : place.end]

    return refused
