"""What a model said, and what asking it took."""

from __future__ import annotations

from rich.text import Text
from rich.tree import Tree

from reev_types.amounts import format_ui
from reev_types.models import ModelFailureRecord
from reev_types.results import ModelUsage

from ._style import BAD, FAINT, STRONG, Detail, Piece, line
from ._text import one_line
from ._trace import Said

__all__ = ["add_said", "usage_line", "usage_text"]

_USD_DECIMALS = 6


def add_said(parent: Tree, said: Said, detail: Detail) -> None:
    """Hang what came of asking under ``parent``: failures always, words in full reports, tokens in verbose ones."""
    if isinstance(said, ModelFailureRecord):
        parent.add(line(("the model failed ", BAD), one_line(said.message), (f" ({one_line(said.code, 40)})", FAINT)))
        return
    words = one_line(str(said.message.get("content") or ""), 400)
    if detail is Detail.VERBOSE:
        usage = said.usage
        counted: Piece = (f" · {usage.input_tokens:,} + {usage.output_tokens:,} tokens, {said.finish_reason}", FAINT)
        parent.add(line((f"turn {said.turn} ", STRONG), words or "no words", counted))
    elif detail is Detail.FULL and words and said.message.get("tool_calls"):
        parent.add(line(("said ", STRONG), words))


def usage_line(usage: ModelUsage) -> Text:
    """Return what asking the model took over a whole run."""
    return line(("model ", STRONG), (usage_text(usage), FAINT))


def usage_text(usage: ModelUsage) -> str:
    """Return ``3 calls · 2,310 + 96 tokens · $0.001598``; about, where tokens were counted from texts."""
    calls = "1 call" if usage.model_calls == 1 else f"{usage.model_calls} calls"
    about = "about " if usage.is_estimated else ""
    cost = "cost unknown" if usage.cost_micro_usd is None else f"${format_ui(usage.cost_micro_usd, _USD_DECIMALS)}"
    return f"{calls} · {about}{usage.input_tokens:,} + {usage.output_tokens:,} tokens · {cost}"
