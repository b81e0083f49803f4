"""From a path to a benchmark file in memory, with the place of everything in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from reev_types.errors import BenchmarkError

from ._generated import check_generated
from ._model import BenchmarkFile, TokenData
from ._nodes import Location, MappingNode, Places, Point, dotted, plain
from ._problems import benchmark_error
from ._sections import UNGRADED_SECTIONS
from ._source import read_text
from ._yaml import parse_yaml

__all__ = ["LoadedBenchmark", "load_document", "load_file", "load_text"]


@dataclass(frozen=True, slots=True)
class LoadedBenchmark:
    """A benchmark file that was read, before its meaning is checked."""

    path: str
    file: BenchmarkFile
    places: Places

    @property
    def unknown(self) -> Mapping[Location, object]:
        """What the format does not have, by its location, with its value."""
        return dict(_unknown(self.file, ()))

    @property
    def unknown_keys(self) -> Mapping[str, object]:
        """The same by dotted path, such as ``ground_truth.final_state_assertions.0.expectd``."""
        return {dotted(location): value for location, value in self.unknown.items()}

    @property
    def ungraded_sections(self) -> tuple[str, ...]:
        """Sections of ``ground_truth`` that the file has and reev does not evaluate."""
        given = self.file.ground_truth.model_fields_set
        sections = [name for name in UNGRADED_SECTIONS if name in given]
        if self.file.ground_truth.transaction_status != "Success":
            sections.append("transaction_status")
        return tuple(sections)

    def problem(
        self, code: str, message: str, *location: str | int, suggestions: tuple[str, ...] = ()
    ) -> BenchmarkError:
        """Return an error about the value at ``location``."""
        text = f"{dotted(location)}: {message}"
        return BenchmarkError(code, text, place=self.places.at(*location), suggestions=suggestions)


def load_file(path: str | Path) -> LoadedBenchmark:
    """Read a benchmark file in bounded time and memory.

    Raises BenchmarkError with a place: see ``read_text`` and ``parse_yaml`` for what cannot be read; and
    ``missing_key``, ``wrong_type``, ``wrong_value``, ``unknown_type``, ``unknown_key``, ``out_of_range``,
    ``not_an_amount``, ``negative_amount``, ``amount_too_large`` for what is no benchmark; ``generated_edited`` and
    ``generated_truncated`` for a file of reev's own that somebody changed.
    """
    text = read_text(Path(path))
    check_generated(text, str(path))
    return load_text(text, str(path))


def load_text(text: str, path: str) -> LoadedBenchmark:
    """Read a benchmark from its text; ``path`` serves messages. Raises as ``load_file`` does."""
    root = parse_yaml(text, path)
    places = Places(path, root)
    try:
        file = BenchmarkFile.model_validate(plain(root))
    except ValidationError as error:
        raise benchmark_error(error, places) from None
    return LoadedBenchmark(path, file, places)


def load_document(document: Mapping[str, object], name: str) -> LoadedBenchmark:
    """Read a benchmark from plain values, as a parsed file has them; ``name`` serves messages, which have no places.

    Raises BenchmarkError as ``load_file`` does for what is no benchmark.
    """
    places = Places(name, MappingNode({}, {}, Point(0, 0)))
    try:
        return LoadedBenchmark(name, BenchmarkFile.model_validate(document), places)
    except ValidationError as error:
        raise benchmark_error(error, places) from None


def _unknown(value: object, location: Location) -> Iterator[tuple[Location, object]]:
    """Walk a model; its depth is that of the schema."""
    match value:
        case BaseModel():
            for key, extra in (value.model_extra or {}).items():
                if not (isinstance(value, TokenData) and value.is_balance(key)):
                    yield (*location, key), extra
            for name in type(value).model_fields:
                if name not in UNGRADED_SECTIONS:
                    yield from _unknown(getattr(value, name), (*location, name))
        case tuple():
            for index, item in enumerate(value):
                yield from _unknown(item, (*location, index))
        case _:
            return
