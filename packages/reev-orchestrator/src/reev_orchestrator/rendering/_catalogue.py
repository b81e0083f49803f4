"""All templates by name, and which of them a flow comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from reev_types.errors import UsageError
from reev_types.intents import Intent

from ._cards import FlowPattern, TemplateCard, card_of, template_files

__all__ = ["Catalogue"]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The cards of some folders, by name; an earlier folder hides names of later ones."""

    cards: dict[str, TemplateCard]
    _ranked: tuple[tuple[FlowPattern, TemplateCard], ...]
    """Those that are for flows, the one to prefer first."""

    @classmethod
    def read(cls, folders: Sequence[Path]) -> Catalogue:
        """Read every template's head; raises UsageError ``template_metadata`` with file and line."""
        cards: dict[str, TemplateCard] = {}
        ranks: dict[str, int] = {}
        for rank, folder in enumerate(folders):
            for name, path in template_files(folder):
                if name not in cards:
                    cards[name], ranks[name] = card_of(name, path), rank
        chosen = [(FlowPattern(card.steps), card) for card in cards.values() if card.steps is not None]
        chosen.sort(key=lambda pair: (ranks[pair[1].name], pair[0].looseness, pair[1].name))
        return cls(dict(sorted(cards.items())), tuple(chosen))

    def select(self, steps: Sequence[Intent]) -> TemplateCard:
        """Return the template for a flow of these intents.

        A template of an earlier folder comes before those of later ones, then the one that leaves less open, then the
        first by name. Raises UsageError ``no_template``.
        """
        return self._first(tuple(intent.kind for intent in steps), self._ranked)

    def select_step(self, intent: Intent) -> TemplateCard:
        """Return the template for one step by itself, which frames no other; raises UsageError ``no_template``."""
        return self._first((intent.kind,), (pair for pair in self._ranked if not pair[1].is_frame))

    @staticmethod
    def _first(kinds: tuple[str, ...], ranked: Iterable[tuple[FlowPattern, TemplateCard]]) -> TemplateCard:
        found = next((card for pattern, card in ranked if pattern.matches(kinds)), None)
        if found is None:
            raise UsageError("no_template", f"no template is for the steps {', '.join(kinds) or 'of an empty flow'}")
        return found

    def require(self, name: str) -> TemplateCard:
        """Return a template's card; raises UsageError ``unknown_template`` with names that come close."""
        card = self.cards.get(name)
        if card is None:
            near = get_close_matches(name, self.cards, n=3)
            hints = tuple(f"did you mean {other}?" for other in near)
            raise UsageError("unknown_template", f"there is no template {name[:80]!r}", suggestions=hints)
        return card
