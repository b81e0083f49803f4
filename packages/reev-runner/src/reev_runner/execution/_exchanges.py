"""What is said to models and what they say, in the journal."""

from __future__ import annotations

from dataclasses import dataclass

from reev_runner.journal import Journal
from reev_types.events import ModelExchanged
from reev_types.models import ModelRecord

__all__ = ["JournalLog"]


@dataclass(frozen=True, slots=True)
class JournalLog:
    """Implements ``reev_types.models.ExchangeLog``."""

    journal: Journal

    def note(self, record: ModelRecord) -> None:
        """Append a record."""
        self.journal.append(ModelExchanged(step_id=record.step_id, record=record))
