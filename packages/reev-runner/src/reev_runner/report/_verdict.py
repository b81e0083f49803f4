"""The judgement of a trial: assertions, the score's arithmetic, and the reasons in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from reev_types.results import AssertionVerdict, Judgement, Outflow

from ._names import amount
from ._reasons import explained
from ._style import BAD, FAINT, STRONG, UNSURE, bullets, line, mark_of, table
from ._text import one_line

__all__ = ["assertions", "reasons", "score_lines", "score_text", "ungraded"]

_TABLE_WIDTH = 60
_WORDS = {True: "met", False: "not met", None: "not evaluated"}


def score_text(score: float) -> str:
    """Return a score with two decimals, or with more where rounding would make it look like another."""
    text = f"{score:.6f}".rstrip("0")
    return text if len(text.partition(".")[2]) > 2 else f"{score:.2f}"


def assertions(verdicts: Sequence[AssertionVerdict], width: int) -> Table:
    """Return every assertion with expected, actual and weight; where ``width`` is small, as a list."""
    if width < _TABLE_WIDTH:
        return bullets((_met(verdict), line(_sentence(verdict))) for verdict in verdicts)
    made = table("", "assertion", "expected", "actual", "weight", right=("weight",))
    for verdict in verdicts:
        made.add_row(
            _met(verdict),
            line(one_line(verdict.subject), (f"\n{one_line(verdict.type, 60)}", FAINT)),
            line(one_line(verdict.expected)),
            line(one_line(verdict.actual), (f"\n{one_line(verdict.note)}" if verdict.note else "", FAINT)),
            line(one_line(verdict.weight, 40)),
        )
    return made


def _met(verdict: AssertionVerdict) -> Text:
    mark, style = mark_of(verdict.met)
    return line((f"{mark} {_WORDS[verdict.met]}", style))


def _sentence(verdict: AssertionVerdict) -> str:
    note = f" ({verdict.note})" if verdict.note else ""
    said = f"{verdict.subject}: expected {verdict.expected}, actual {verdict.actual}{note}, weight {verdict.weight}"
    return one_line(said, 600)


def score_lines(judgement: Judgement) -> Iterator[Text]:
    """Yield the arithmetic of the score, and below it the scores that decide nothing."""
    needed = f" · needed {score_text(judgement.min_score)}"
    yield line(("score ", STRONG), one_line(judgement.score_arithmetic, 400), needed)
    others = f"legacy score {score_text(judgement.legacy_score)}"
    if judgement.instruction_score is not None:
        others = f"instruction score {score_text(judgement.instruction_score)} · {others}"
    yield line((f"for comparison: {others}", FAINT))


def reasons(judgement: Judgement) -> Iterator[tuple[Text, Text]]:
    """Yield, each with a mark, why the run did not pass and what to look at; outflows and strangers with amounts."""
    cross = line(("✗", BAD))
    for code in judgement.reasons:
        explanation = explained(code)
        advice = f" → {explanation.advice}" if explanation.advice else ""
        yield cross, line(explanation.sentence, (f" [{one_line(code, 60)}]{advice}", FAINT))
    for outflow in judgement.outflows:
        if outflow.excessive:
            yield cross, line(f"{amount(outflow.spent_raw, outflow.mint)} left the wallet{_allowed(outflow)}")
    for gain in judgement.strangers:
        yield (
            cross,
            line(f"{one_line(gain.name, 100)} gained {amount(gain.gained_raw, gain.mint)}, which nobody asked for"),
        )


def ungraded(judgement: Judgement) -> Iterator[tuple[Text, Text]]:
    """Yield, each with a mark, the sections of the file that nothing was judged by."""
    for section in judgement.not_gradable:
        yield line(("–", UNSURE)), line(one_line(section))


def _allowed(outflow: Outflow) -> str:
    return "" if outflow.allowed_raw is None else f", at most {amount(outflow.allowed_raw, outflow.mint)} was asked for"
