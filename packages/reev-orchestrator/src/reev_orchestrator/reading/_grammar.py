"""Readers, and the one that is always there."""

from __future__ import annotations

from typing import Protocol

from reev_orchestrator.language import Reading, parse

__all__ = ["GrammarReader", "SentenceReader"]


class SentenceReader(Protocol):
    """Makes typed intents of a sentence, without knowing on whose wallet."""

    async def read(self, text: str) -> Reading:
        """Return what ``text`` says; raises UserError as ``parse`` does, BackendError where nobody answers."""


class GrammarReader:
    """Reads with the grammar alone."""

    async def read(self, text: str) -> Reading:
        """Return what ``parse`` makes of ``text``."""
        return parse(text)
