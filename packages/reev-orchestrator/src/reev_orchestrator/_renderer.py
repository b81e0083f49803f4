"""Templates rendered in a sandbox: no attribute tricks, no undefined names, no markup out of data."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reev_types.amounts import format_ui
from reev_types.contexts import PromptContext
from reev_types.tokens import symbol_of

__all__ = ["TemplateRenderer"]

_SHIPPED = Path(__file__).parent / "templates"
_MAX_LINE = 500


class TemplateRenderer:
    """Renders from a folder of templates, by default those that reev ships; implements ``PromptRenderer``."""

    def __init__(self, folder: Path = _SHIPPED) -> None:
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            autoescape=False,  # the output is plain text for a model, not HTML
        )
        self._environment.filters.update(ui=_ui, line=_line, symbol=symbol_of)

    @cached_property
    def _step(self) -> Template:
        return self._environment.get_template("base/step.j2")

    def render_step(self, prompt: str, context: PromptContext) -> str:
        """Return the text of a step; raises jinja2.TemplateError when the template itself is broken."""
        wallet = context.wallet_context
        named = ((name, address) for name, address in context.accounts.items() if name in prompt)
        text = self._step.render(
            request=prompt,
            wallet=wallet,
            tokens=[wallet.token_balances[mint] for mint in sorted(wallet.token_balances)],
            accounts=sorted(named),
            flow=context.flow_state,
            previous=context.previous_results,
        )
        return text.strip()


def _ui(raw: int, decimals: int | None) -> str:
    return "?" if decimals is None else format_ui(raw, decimals)


def _line(text: str) -> str:
    """Keep foreign text on one line and readable: no line breaks, no control characters, bounded length."""
    return "".join(character if character.isprintable() else " " for character in text)[:_MAX_LINE]
