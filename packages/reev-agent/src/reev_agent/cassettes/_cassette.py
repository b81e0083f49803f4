"""A cassette read back: whole requests, though the file lists only what each adds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, assert_never

from pydantic import ValidationError

from reev_agent.models import sampling_json
from reev_types.errors import FilePlace, UsageError

from ._lines import LINE, ExchangeLine, HeaderLine, RecordedError, RecordedReply, ToolsLine

__all__ = ["Cassette", "RecordedExchange"]


@dataclass(frozen=True, slots=True)
class RecordedExchange:
    """One exchange: ``request`` is canonical, and ``request_hash`` its hash."""

    step_id: str
    request_hash: str
    request: dict[str, Any]
    result: RecordedReply | RecordedError


@dataclass(frozen=True, slots=True)
class Cassette:
    """A recorded run of ``agent``, exchanges in the order of their replies."""

    agent: str
    provider: str
    model: str
    exchanges: tuple[RecordedExchange, ...]

    @classmethod
    def read(cls, path: Path) -> Cassette:
        """Return the cassette in a file; raises UsageError ``no_cassette`` or, with the line, ``bad_cassette``."""
        try:
            lines = path.read_bytes().splitlines()
        except OSError as error:
            raise UsageError(
                "no_cassette",
                f"the cassette cannot be read: {error.strerror or 'no reason given'}",
                place=FilePlace(str(path)),
                suggestions=("record one",),
            ) from None
        return _assembled(lines, str(path))


def _assembled(lines: list[bytes], path: str) -> Cassette:
    reader = _Reader(path)
    header = reader.header(lines[0] if lines else b"")
    exchanges = [exchange for number, line in enumerate(lines[1:], start=2) for exchange in reader.read(number, line)]
    return Cassette(header.agent, header.provider, header.model, tuple(exchanges))


class _Reader:
    def __init__(self, path: str) -> None:
        self._path = path
        self._model = ""
        self._messages: tuple[dict[str, Any], ...] = ()
        self._tools: dict[str, tuple[dict[str, Any], ...]] = {}

    def header(self, text: bytes) -> HeaderLine:
        line = self._parsed(1, text)
        if not isinstance(line, HeaderLine):
            raise self._bad(1, "the first line must say whose cassette this is")
        self._model = line.model
        return line

    def read(self, number: int, text: bytes) -> Iterator[RecordedExchange]:
        line = self._parsed(number, text)
        match line:
            case ToolsLine(tools_hash=digest, tools=tools):
                self._tools[digest] = tools
            case ExchangeLine():
                yield self._exchange(number, line)
            case HeaderLine():
                raise self._bad(number, "only the first line says whose cassette this is")
            case _:
                assert_never(line)

    def _exchange(self, number: int, line: ExchangeLine) -> RecordedExchange:
        if line.tools_hash not in self._tools:
            raise self._bad(number, "its tools are not in the cassette")
        self._messages = (*self._messages, *line.messages) if line.continues else line.messages
        tools = list(self._tools[line.tools_hash])
        request: dict[str, Any] = {"model": self._model, "messages": list(self._messages)}
        request |= {"tools": tools, "tool_choice": "auto"} if tools else {}
        return RecordedExchange(line.step_id, line.request_hash, request | sampling_json(line.sampling), line.result)

    def _parsed(self, number: int, text: bytes) -> HeaderLine | ToolsLine | ExchangeLine:
        try:
            return LINE.validate_json(text)
        except ValidationError as error:
            first = error.errors(include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise self._bad(number, f"{place}: {first['msg']}" if place else first["msg"]) from None

    def _bad(self, number: int, reason: str) -> UsageError:
        return UsageError(
            "bad_cassette", f"this is not a line of a cassette: {reason}", place=FilePlace(self._path, number, 1)
        )
