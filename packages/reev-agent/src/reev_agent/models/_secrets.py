"""Keys that cannot be printed by accident, and their removal from what others send back."""

from __future__ import annotations

import re
from typing import TypeVar, cast

__all__ = ["Secret"]

_SHORTEST_WORTH_HIDING = 8
_HIDDEN = "[redacted]"

Json = TypeVar("Json")


class Secret:
    """A key. It has no readable form; ``reveal`` alone returns it."""

    __slots__ = ("_escaped", "_value")

    def __init__(self, value: str) -> None:
        self._value = value
        self._escaped = re.compile("".join(map(_spellings, value)))

    def reveal(self) -> str:
        """Return the key, for the one header that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a secret is not written anywhere")

    def hidden_in(self, value: Json) -> Json:
        """Return the JSON ``value`` without the key, and without what no file can hold (lone surrogates).

        The key is found in texts that are JSON themselves too, such as the arguments of a tool, however it is escaped.

        Dummy keys of a few letters are left alone: they are no secret and occur in ordinary words.
        """
        return cast("Json", self._hidden(value))

    def _hidden(self, value: object) -> object:
        if isinstance(value, str):
            return self._clean(value)
        if isinstance(value, list):
            return [self._hidden(item) for item in value]
        if isinstance(value, dict):
            return {self._clean(name): self._hidden(item) for name, item in value.items()}
        return value

    def _clean(self, text: str) -> str:
        readable = text.encode("utf-8", "replace").decode()
        if len(self._value) < _SHORTEST_WORTH_HIDING:
            return readable
        shown = readable.replace(self._value, _HIDDEN)
        return self._escaped.sub(_HIDDEN, shown) if "\\" in shown else shown


def _spellings(character: str) -> str:
    """Return a pattern of the ways to write a character in JSON, or in JSON within JSON."""
    plain = r"\\*" + re.escape(character) if character in '"\\/' else re.escape(character)
    return rf"(?:\\+u(?i:{ord(character):04x})|{plain})"
