"""Which fact a number in an answer is about, by the words around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from ._figures import Figure

__all__ = ["Fact", "facts_of", "without_tables"]

Fact = Literal["lent", "earned"]

_EARNED = (
    "earn|earns|earned|earning|earnings|gain|gains|gained|interest|yield|yields|yielded|profit|profits|accrued|"
    "accrual|reward|rewards|return|made|growth|(?:grown|grew|increased|up) by"
)
_LENT = (
    "worth|value|values|valued|position|positions|balance|balances|lent|lend|lending|deposit|deposits|deposited|"
    "supply|supplied|asset|assets|holding|holdings|hold|holds|underlying|redeemable|principal|total"
)
_LABEL = re.compile(rf"(?<![A-Za-z])(?:(?P<earned>{_EARNED})|(?P<lent>{_LENT}))(?![A-Za-z])", re.IGNORECASE)
_NAMES = re.compile(r"get_position_info|(?:jupiter[ _]+)?lend[ _]+earn\b|jupiter[ _]+earn\b", re.IGNORECASE)
"""Names of Jupiter's product and of tools, which say nothing about a number."""

_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|[;\n]")
_CLAUSE_END = re.compile(r"[,;:)|{}]|\b(?:and|but|while)\b", re.IGNORECASE)
_ATTACHED = re.compile(
    r"(?:\(|\b(?:of|on|from|in|including|incl|with|plus|for|by|since|per)\b)[^\w()]*(?:\w{1,20}[^\w()]+){0,3}$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\W*(?:now\W+)?(?:and|&|/|,|plus)\W*(?:\w{1,20}\W+){0,3}", re.IGNORECASE)
_UNIT = re.compile(r"[^\w.,:()\n]*(?:[A-Za-z]{1,8}[^\w.,:()\n]*)?")
_LEADS = re.compile(r"(?:_[a-z]{1,12})*[\s:=*_`\"'’$~≈+]{0,8}(?:(?:is|are|of|at|now)\s{1,3})?[$~≈+]?")
_AROUND = 80


class _Label(NamedTuple):
    start: int
    end: int
    fact: Fact
    is_attached: bool
    """Whether it only qualifies another word, as in ``earnings on the amount lent``."""


def facts_of(text: str, figures: Sequence[Figure]) -> tuple[Fact | None, ...]:
    """Return for each of the ``figures`` of ``text`` what it is said to be, None where nothing is said.

    In this order: the word that follows it at once; the nearest word before it in its sentence, back to the number
    before; the first after it in its clause, up to the next number; what the number before it is called, where the
    two are within ten per cent of each other; a heading right above. A word that hangs on a preposition counts only
    where there is no other. ``Position and earnings: 5 and 3`` names two numbers in their order.
    """
    labels = _labels(text)
    label_starts, figure_starts = [label.start for label in labels], [figure.start for figure in figures]
    facts: list[Fact | None] = []
    heading: Fact | None = None
    for start, end in _sentences(text):
        named = labels[bisect_left(label_starts, start) : bisect_left(label_starts, end)]
        found = figures[bisect_left(figure_starts, start) : bisect_left(figure_starts, end)]
        facts += _facts(text, found, named, end, heading)
        if found:
            heading = None
        elif named:
            heading = _foremost(named).fact
    return tuple(facts)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _SENTENCE_END.finditer(text):
        yield start, mark.end()
        start = mark.end()
    yield start, len(text)


def without_tables(text: str) -> str:
    """Return ``text`` with each cell of a table that has a digit on a line of its own, behind its headings."""
    lines = list[str]()
    header = list[str]()
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 1:
            header = []
            lines.append(line)
        elif re.search(r"\d", line):
            lines += _cell_lines(header, cells)
        elif re.search(r"[A-Za-z]", line):
            header = cells
    return "\n".join(lines)


def _cell_lines(header: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
    row = "" if re.search(r"\d", cells[0]) else cells[0]
    for index, cell in enumerate(cells):
        if re.search(r"\d", cell):
            column = header[index] if index < len(header) else ""
            yield f"{column} {row}: {cell}"


def _labels(text: str) -> list[_Label]:
    # Blanked rather than cut out, so that places stay what they are.
    nameless = _NAMES.sub(lambda name: " " * len(name[0]), text)
    return [
        _Label(match.start(), match.end(), "earned" if match["earned"] else "lent", _is_attached(text, match.start()))
        for match in _LABEL.finditer(nameless)
    ]


def _is_attached(text: str, start: int) -> bool:
    sentence = re.split(r"[.;:!?\n]", text[max(0, start - _AROUND) : start])[-1]
    return bool(_ATTACHED.search(sentence))


def _facts(
    text: str, figures: Sequence[Figure], labels: Sequence[_Label], end: int, heading: Fact | None
) -> list[Fact | None]:
    starts = [label.start for label in labels]
    cuts = [bisect_left(starts, figure.start) for figure in figures]
    between = [list(labels[first:last]) for first, last in pairwise((0, *cuts, len(labels)))]
    ends = [*(figure.start for figure in figures[1:]), end]
    facts: list[Fact | None] = []
    for index, figure in enumerate(figures):
        before, following = between[index], _following(text, figure, between[index + 1], ends[index])
        pair = _pair(text, before) if index + 1 < len(figures) and not between[index + 1] else ()
        if following and (not before or _UNIT.fullmatch(text[figure.end : following[0].start])):
            label = _first(following)
            facts.append(label.fact)
            between[index + 1] = _left_over(between[index + 1], label)
        elif pair:
            facts.append(pair[0].fact)
            between[index + 1] = [pair[1]]
        elif before:
            facts.append(_foremost(before).fact)
        elif index:
            facts.append(facts[-1] if _is_close(figures[index - 1], figure) else None)
        else:
            facts.append(heading)
    return facts


def _left_over(labels: Sequence[_Label], used: _Label) -> list[_Label]:
    """Return the labels behind ``used``, less those that only say the same again: ``the lending position``."""
    later = [label for label in labels if label.start > used.start]
    others = (index for index, label in enumerate(later) if label.fact != used.fact)
    return later[next(others, len(later)) :]


def _following(text: str, figure: Figure, labels: Sequence[_Label], end: int) -> list[_Label]:
    """Return the labels in the rest of the clause but one that introduces the next number."""
    clause = _CLAUSE_END.search(text, figure.end, end)
    stop = clause.start() if clause else end
    return [
        label for label in labels if label.start < stop and not (end - label.end < _AROUND and _leads(text, label, end))
    ]


def _leads(text: str, label: _Label, end: int) -> bool:
    return text[end : end + 1].isdigit() and bool(_LEADS.fullmatch(text[label.end : end]))


def _pair(text: str, labels: Sequence[_Label]) -> tuple[_Label, ...]:
    """Return the last two where they are different and joined, as in ``the position and its earnings``."""
    turns = [index for index in range(1, len(labels)) if labels[index - 1].fact != labels[index].fact]
    if not turns:
        return ()
    first, second = labels[turns[-1] - 1], labels[turns[-1]]
    return (first, second) if _JOINED.fullmatch(text[first.end : second.start][:_AROUND]) else ()


def _foremost(labels: Sequence[_Label]) -> _Label:
    return next((label for label in reversed(labels) if not label.is_attached), labels[-1])


def _first(labels: Sequence[_Label]) -> _Label:
    return next((label for label in labels if not label.is_attached), labels[0])


def _is_close(one: Figure, other: Figure) -> bool:
    return abs(one.value - other.value) * 10 <= max(one.value, other.value)
