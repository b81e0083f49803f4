"""What is wrong in a folder of templates, by file and line."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes

from reev_types.errors import FilePlace, UsageError

from ._blocks import block_problems, reference_problems
from ._cards import TemplateCard, card_of, template_files, text_of
from ._environment import BUNDLED, SUFFIX, Meter, environment
from ._names import name_problems
from ._problems import explained
from ._renderer import TemplateRenderer
from ._text import line
from ._trial import sample_contexts, trials

__all__ = ["Finding", "validate"]

_UNREADABLE = frozenset({"template_metadata", "template_syntax", "not_text"})


class Finding(NamedTuple):
    """Something that should be mended; ``code`` is stable."""

    place: FilePlace
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message} [{self.code}]"


def validate(folder: Path = BUNDLED) -> tuple[Finding, ...]:
    """Check a folder of templates, laid over the bundled ones, and return what is wrong in it by file and line.

    Found are: syntax errors, missing or wrong heads, unknown variables, filters and tests, variables that ``requires``
    leaves out or lists in vain, blocks that are never shown, files that are not there, and whatever goes wrong when
    each template is rendered. Raises UsageError ``no_templates`` for a folder without any.
    """
    files = dict(template_files(folder))
    if not files:
        raise UsageError("no_templates", f"there is no template in {folder}", place=FilePlace(str(folder)))
    found = set(_static(folder, files))
    # A head that cannot be read keeps the catalogue from being read; what is wrong with it is said already.
    if not any(finding.code in _UNREADABLE for finding in found):
        found |= {each for each in _tried(folder, files) if Path(each.place.path).is_relative_to(folder)}
    return tuple(sorted(found, key=lambda each: (each.place.path, each.place.line, each.code, each.message)))


def _static(folder: Path, files: dict[str, Path]) -> Iterator[Finding]:
    compiler = environment((folder, BUNDLED), Meter(time.perf_counter), auto_reload=False)
    trees: dict[str, nodes.Template] = {}
    cards: dict[str, TemplateCard] = {}
    for name, path in (dict(template_files(BUNDLED)) | files).items():
        try:
            trees[f"{name}{SUFFIX}"] = compiler.parse(text_of(path), name, str(path))
            cards[name] = card_of(name, path)
        except TemplateSyntaxError as error:
            yield _finding(explained(error), path)
        except UsageError as error:
            yield _finding(error, path)
    steps = frozenset(f"{name}{SUFFIX}" for name, card in cards.items() if card.steps is not None and not card.is_frame)
    for name, path in files.items():
        file = f"{name}{SUFFIX}"
        if file in trees:
            for number, code, message in _problems(file, trees, cards.get(name), steps, compiler):
                yield Finding(FilePlace(str(path), number), code, message)


def _problems(
    file: str, trees: dict[str, nodes.Template], card: TemplateCard | None, steps: frozenset[str], compiler: Environment
) -> Iterator[tuple[int, str, str]]:
    yield from name_problems(trees[file], card, compiler)
    yield from block_problems(file, trees, steps)
    yield from reference_problems(file, trees)


def _tried(folder: Path, files: dict[str, Path]) -> Iterator[Finding]:
    renderer = TemplateRenderer(folder)
    for context in sample_contexts():
        try:
            renderer.render_step("", context)
        except UsageError as error:
            yield _finding(error, folder)
    for name, path in files.items():
        for problem in trials(renderer.catalogue.require(name), renderer):
            yield _finding(problem, path)


def _finding(error: UsageError, path: Path) -> Finding:
    place = error.place if isinstance(error.place, FilePlace) else FilePlace(str(path), 1)
    return Finding(place, error.code, line(error.message))
