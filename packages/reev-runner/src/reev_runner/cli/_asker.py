"""Questions about failed steps on a terminal."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from reev_types.recovery import Answer, Choice, Question

__all__ = ["TerminalAsker", "terminal_asker"]

_LINE_BYTES = 4_096
_MS = 1_000
_WORDS: dict[Choice, str] = {
    "retry": "try the same again",
    "change_amount": "try it with another amount",
    "skip": "leave this step out",
    "abort": "end the flow here",
}


def terminal_asker() -> TerminalAsker | None:
    """Return who asks the person at the terminal, or None where there is none."""
    if sys.stdin is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return TerminalAsker(sys.stdin.fileno())


class _Lines:
    """The lines of a terminal, read by a thread that neither the end of the program nor anybody else waits for."""

    def __init__(self, descriptor: int, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._descriptor = descriptor
        self._read: asyncio.Queue[str | None] = asyncio.Queue()
        # A buffered stream would hold its lock while it waits, and the interpreter cannot end then.
        threading.Thread(target=self._work, name="reev-terminal", daemon=True).start()

    async def next(self) -> str | None:
        """Return the next line, or None once there are no more."""
        line = await self._read.get()
        if line is None:
            self._read.put_nowait(None)
        return line

    def forget(self) -> None:
        """Forget what was typed before it was asked for."""
        _flush(self._descriptor)
        while not self._read.empty():
            if self._read.get_nowait() is None:
                self._read.put_nowait(None)
                return

    def _work(self) -> None:
        line: str | None = ""
        while line is not None:
            line = self._line()
            try:
                self.loop.call_soon_threadsafe(self._read.put_nowait, line)
            except RuntimeError:  # the loop has ended, and with it whoever would want the line
                return

    def _line(self) -> str | None:
        try:
            typed = os.read(self._descriptor, _LINE_BYTES)
        except OSError:
            return None
        return typed.decode("utf-8", "replace").strip() if typed else None


class TerminalAsker:
    """Implements ``Asker`` on a terminal in line mode; questions go to standard error."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lines: _Lines | None = None

    async def ask(self, question: Question) -> Answer | None:
        """Return what is chosen, by number or word; Enter chooses the default, and Ctrl-D means that nobody is there.

        It can be cancelled at any time; what is typed afterwards answers nothing.
        """
        lines = self._reading()
        lines.forget()
        _show(question)
        while True:
            typed = await self._typed(lines, f"choice [{question.default}]: ")
            if typed is None:
                return None
            choice = _choice(typed, question)
            if choice == "change_amount":
                return await self._changed(lines)
            if choice is not None:
                return _answer(choice)
            typer.echo(f"a number from 1 to {len(question.choices)}, please", err=True)

    async def _changed(self, lines: _Lines) -> Answer | None:
        amount = await self._typed(lines, "new amount, such as 0.05, or half for half of what the wallet has: ")
        return None if amount is None else _answer("change_amount", amount)

    async def _typed(self, lines: _Lines, prompt: str) -> str | None:
        typer.echo(prompt, nl=False, err=True)
        return await lines.next()

    def _reading(self) -> _Lines:
        loop = asyncio.get_running_loop()
        if self._lines is None or self._lines.loop is not loop:
            self._lines = _Lines(self._descriptor, loop)
        return self._lines


def _flush(descriptor: int) -> None:
    try:
        import termios
    except ImportError:  # pragma: no cover - Windows
        return
    # A terminal that is gone is found out by reading from it.
    with suppress(termios.error):
        termios.tcflush(descriptor, termios.TCIFLUSH)


def _show(question: Question) -> None:
    from reev_runner.report import one_line

    typer.echo(f"\n{one_line(question.text, 600)}", err=True)
    for number, choice in enumerate(question.choices, start=1):
        mark = " (default)" if choice == question.default else ""
        typer.echo(f"  {number} {_WORDS[choice]}{mark}", err=True)
    seconds = f"{question.timeout_ms / _MS:g}"
    typer.echo(f"without an answer in {seconds} s: {_WORDS[question.default]}", err=True)


def _choice(typed: str, question: Question) -> Choice | None:
    if not typed:
        return question.default
    if typed.isdecimal() and typed.isascii():
        number = int(typed[:4])
        return question.choices[number - 1] if 1 <= number <= len(question.choices) else None
    word = typed.lower().replace(" ", "_")
    return next((choice for choice in question.choices if choice == word), None)


def _answer(choice: Choice, amount: str | None = None) -> Answer:
    from reev_types.recovery import Answer

    return Answer(choice=choice, amount=amount)
