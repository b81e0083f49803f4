"""A place in the lexemes of a sentence, with what the grammar asks of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from reev_types.errors import TextPlace

from ._lexemes import Lexeme

__all__ = ["Cursor"]


class Cursor:
    """Walks over lexemes; ``position`` may be kept and set back."""

    def __init__(self, text: str, lexemes: tuple[Lexeme, ...]) -> None:
        self.text = text
        self.lexemes = lexemes
        self.position = 0
        self._nothing = Lexeme("sign", "", len(text), len(text))

    @property
    def at_end(self) -> bool:
        """Whether everything has been read."""
        return self.position >= len(self.lexemes)

    def peek(self, ahead: int = 0) -> Lexeme:
        """Return a lexeme without moving; beyond the end an empty sign."""
        index = self.position + ahead
        return self.lexemes[index] if index < len(self.lexemes) else self._nothing

    def take(self) -> Lexeme:
        """Return the next lexeme and move past it."""
        lexeme = self.peek()
        self.position += 1
        return lexeme

    def sees(self, *words: str) -> bool:
        """Tell whether the next lexemes are these words."""
        return all(self.peek(ahead).word == word for ahead, word in enumerate(words))

    def accept(self, *words: str) -> bool:
        """Move past these words if they come next."""
        if not self.sees(*words):
            return False
        self.position += len(words)
        return True

    def accept_one(self, words: Collection[str]) -> str | None:
        """Move past one of ``words`` and return it, or None."""
        word = self.peek().word
        if word not in words or self.at_end:
            return None
        self.position += 1
        return word

    def accept_phrase(self, phrases: Iterable[tuple[str, ...]]) -> tuple[str, ...] | None:
        """Move past the first of ``phrases`` that comes next and return it, or None."""
        return next((phrase for phrase in phrases if self.accept(*phrase)), None)

    def here(self) -> TextPlace:
        """Return the place of the next lexeme."""
        lexeme = self.peek()
        return TextPlace(self.text, lexeme.start, lexeme.end)

    def rest(self) -> TextPlace:
        """Return the place from the next lexeme to the end."""
        return TextPlace(self.text, self.peek().start, len(self.text))

    def since(self, position: int) -> TextPlace:
        """Return the place from the lexeme at ``position`` up to what has been read."""
        first = self.lexemes[position] if position < len(self.lexemes) else self._nothing
        last = self.lexemes[self.position - 1] if self.position > position else first
        return TextPlace(self.text, first.start, last.end)
