"""Journals as streams see them: lines in order, from any place on.

``FileJournals`` reads what workers write; ``JournalLine`` is an event that nobody has to parse again.
"""

from ._files import FileJournals
from ._journals import JournalLine, Journals

__all__ = ["FileJournals", "JournalLine", "Journals"]
