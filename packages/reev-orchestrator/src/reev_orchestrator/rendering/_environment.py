"""Compiled templates: sandboxed, strict, kept in a bounded cache whose every lookup is counted."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import LRUCache

from ._holdings import TokenRow, WalletView
from ._situation import GainRow, ProgressView, ResultRow
from ._task import AmountView, FlowView, GoalView, StepView, TokenView
from ._text import line, quoted

__all__ = ["BUNDLED", "SUFFIX", "Meter", "RenderMetrics", "environment"]

BUNDLED = Path(__file__).resolve().parent.parent / "templates"
"""The folder of the templates that reev brings."""
SUFFIX = ".j2"
_BUNDLED_PREFIX = "reev/"
_MOST_COMPILED = 256
_VIEWS = (
    *(WalletView, TokenRow, ProgressView, ResultRow, GainRow),
    *(StepView, FlowView, GoalView, AmountView, TokenView),
)
_PLAIN_FIELDS: dict[type, frozenset[str]] = {view: frozenset(view._fields) for view in _VIEWS}

Monotonic = Callable[[], float]


@dataclass(frozen=True, slots=True)
class RenderMetrics:
    """What the cache of compiled templates has done; one text takes a lookup for each file that it is made of."""

    lookups: int
    hits: int
    compilations: int
    """Files read and compiled, those that could not be compiled included."""
    compile_ms_total: float
    compile_ms_most: float
    """The longest that one file took, in milliseconds."""

    @property
    def hit_rate(self) -> float | None:
        """The part of all lookups that found a compiled template; None before the first."""
        return self.hits / self.lookups if self.lookups else None


@dataclass(slots=True)
class Meter:
    """Counts as it happens; ``monotonic`` gives seconds."""

    monotonic: Monotonic
    lookups: int = 0
    compilations: int = 0
    seconds: float = 0.0
    most_seconds: float = 0.0

    def compiled_since(self, started: float) -> None:
        """Note one file, whose compilation began at ``started``."""
        took = self.monotonic() - started
        self.compilations += 1
        self.seconds += took
        self.most_seconds = max(self.most_seconds, took)

    @property
    def metrics(self) -> RenderMetrics:
        """The counts at this moment."""
        hits = self.lookups - self.compilations
        return RenderMetrics(self.lookups, hits, self.compilations, self.seconds * 1_000, self.most_seconds * 1_000)


def environment(folders: Sequence[Path], meter: Meter, *, auto_reload: bool) -> Environment:
    """Return where templates are compiled; an earlier folder hides files of the same name in later ones.

    Nothing random or endless is on offer. With ``auto_reload`` a file changed, added or removed counts at its next use.
    """
    compiler = _Sandbox(
        loader=_Overlay(folders, meter),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        autoescape=False,  # the output is plain text for a model, not HTML
        auto_reload=auto_reload,
    )
    compiler.cache = _CountingCache(_MOST_COMPILED, meter)  # type: ignore[assignment] # jinja2's own cache is one too
    compiler.globals = {"range": safe_range}
    del compiler.filters["random"]
    compiler.filters.update(line=line, quoted=quoted)
    return compiler


class _Sandbox(ImmutableSandboxedEnvironment):
    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - the signature of the base class
        # The fields of our own views are plain data; the sandbox's checks take longer than the rest of a prompt.
        if attribute in _PLAIN_FIELDS.get(type(obj), ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


class _CountingCache(LRUCache):
    def __init__(self, capacity: int, meter: Meter) -> None:
        super().__init__(capacity)
        self._meter = meter

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: ANN401 - the signature of the base class
        self._meter.lookups += 1
        return super().get(key, default)


class _Overlay(FileSystemLoader):
    """Looks through folders in order; ``reev/NAME`` is the bundled file, also for one that hides it."""

    def __init__(self, folders: Sequence[Path], meter: Meter) -> None:
        super().__init__(folders)
        self._folders = tuple(folders)
        self._bundled = FileSystemLoader(BUNDLED)
        self._meter = meter

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        started = self._meter.monotonic()
        try:
            return super().load(environment, name, globals)
        finally:
            self._meter.compiled_since(started)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if template.startswith(_BUNDLED_PREFIX):
            return self._bundled.get_source(environment, template.removeprefix(_BUNDLED_PREFIX))
        source, path, is_unchanged = super().get_source(environment, template)
        return source, path, lambda: self._first(template) == Path(path) and is_unchanged()

    def _first(self, template: str) -> Path | None:
        return next((path for folder in self._folders if (path := folder / template).is_file()), None)
