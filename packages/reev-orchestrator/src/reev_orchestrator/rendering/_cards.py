"""What a template says of itself, as TOML in the comment at its head."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from reev_types.errors import FilePlace, UsageError
from reev_types.intents import Intent

from ._environment import SUFFIX
from ._text import line

__all__ = ["KINDS", "STEP_TEMPLATE", "FlowPattern", "TemplateCard", "card_of", "template_files", "text_of"]

STEP_TEMPLATE = "step_template"
"""The variable with the template of the step itself; a template that extends it frames the steps of a flow."""

_INTENTS = get_args(get_args(Intent)[0])
KINDS: tuple[str, ...] = tuple(intent.model_fields["kind"].default for intent in _INTENTS)
"""The kinds of intents, which are the words of a flow pattern."""

_GROUPS = {
    "move": tuple(kind for kind in KINDS if kind not in ("balances", "positions", "refuse")),
    "report": ("balances", "positions"),
    "any": KINDS,
}
_WORD = re.compile(r"[a-z_]+")
_PATTERN = re.compile(r"[a-z_ ()|+*?{},0-9]+")
_HEAD = re.compile(r"\{#\n(.*?)^#\}", re.DOTALL | re.MULTILINE)
_TOML_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class FlowPattern:
    """Which flows a template is for: a regular expression whose letters are kinds of intents.

    ``swap lend_deposit`` is those two in order; ``|``, ``?``, ``*``, ``+``, ``{2,}`` and brackets mean what they mean
    in regular expressions; ``move`` stands for any kind that moves funds, ``report`` for ``balances`` or
    ``positions``, ``any`` for all. Raises ValueError for anything else.
    """

    text: str

    def __post_init__(self) -> None:
        if not _PATTERN.fullmatch(self.text):
            raise ValueError("a flow pattern has kinds of intents, brackets and | ? * + {2,}")
        unknown = sorted(set(_WORD.findall(self.text)) - set(KINDS) - set(_GROUPS))
        if unknown:
            raise ValueError(f"{unknown[0]} is no kind of intent; there are {', '.join((*KINDS, *_GROUPS))}")
        try:
            _compiled(self.text)
        except re.error as error:
            raise ValueError(str(error)) from None

    def matches(self, kinds: tuple[str, ...]) -> bool:
        """Tell whether a flow of these kinds is meant."""
        return _compiled(self.text).fullmatch("".join(f"{kind}," for kind in kinds)) is not None

    @property
    def looseness(self) -> int:
        """How much is left open: 0 for a plain list of kinds."""
        weights = {"any": 100, "move": 10, "report": 1}
        words = sum(weights.get(word, 0) for word in _WORD.findall(self.text))
        return words + len(re.findall(r"[|?*+{]", self.text))


def _checked(pattern: str) -> str:
    FlowPattern(pattern)
    return pattern


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    letters = _WORD.sub(lambda word: f"(?:(?:{'|'.join(_GROUPS.get(word[0], (word[0],)))}),)", pattern)
    return re.compile(letters.replace(" ", ""))


class TemplateHead(BaseModel):
    """What a template says of itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    purpose: Annotated[str, Field(min_length=1)]
    """What the template is for, in a sentence."""
    requires: tuple[str, ...] = ()
    """The variables that this file uses itself."""
    steps: Annotated[str, AfterValidator(_checked)] | None = None
    """The flows that it is for, as a FlowPattern; null for a part of other templates."""
    examples: tuple[str, ...] = ()
    """Sentences that come to it."""

    @property
    def is_frame(self) -> bool:
        """Whether it frames the template of each step instead of being one."""
        return STEP_TEMPLATE in self.requires


class TemplateCard(TemplateHead):
    """A template in a catalogue; ``name`` is its path in its folder without the suffix."""

    name: str


def template_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and path of each template in a folder, by name."""
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        yield path.relative_to(folder).as_posix().removesuffix(SUFFIX), path


def card_of(name: str, path: Path) -> TemplateCard:
    """Read the head of a template; raises UsageError ``template_metadata`` or ``not_text`` with file and line."""
    head = _HEAD.match(text_of(path))
    if head is None:
        raise _problem(path, 1, "the file does not begin with a comment that says what the template is for")
    try:
        told = TemplateHead.model_validate(tomllib.loads(head[1]))
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        raise _problem(path, int(found[1]) + 1 if found else 1, str(error)) from None
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0])
        raise _problem(path, _line_of(key, head[0]), f"{key}: {first['msg']}") from None
    return TemplateCard(name=name, **told.model_dump())


def text_of(path: Path) -> str:
    """Read a template; raises UsageError ``not_text`` for a file that is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise UsageError("not_text", "a template is text in UTF-8", place=FilePlace(str(path))) from None


def _line_of(key: str, head: str) -> int:
    lines = head.splitlines()
    return next((number for number, text in enumerate(lines, 1) if text.startswith(key)), 1)


def _problem(path: Path, number: int, message: str) -> UsageError:
    return UsageError(
        "template_metadata",
        line(message),
        place=FilePlace(str(path), number),
        suggestions=('begin with {# on a line of its own, purpose = "…", and #} on a line of its own',),
    )
