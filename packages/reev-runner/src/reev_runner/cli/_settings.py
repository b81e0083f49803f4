"""Configuration: flags before ``REEV_*`` variables before ``reev.toml`` before defaults.

Every value knows where it came from. An unknown key in the file is an error, since a misspelt one would be ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ._known_settings import RECOVERY_SETTINGS, SETTINGS, Scalar, Setting

if TYPE_CHECKING:
    from reev_types.errors import FilePlace, UsageError
    from reev_types.recovery import RecoveryConfig

__all__ = ["DEFAULT_FILE", "Settings", "Value", "resolve"]

DEFAULT_FILE = Path("reev.toml")
_MAX_BYTES = 65_536
_TOML_PLACE = re.compile(r"at line (\d+), column (\d+)")


class Value(NamedTuple):
    """A value and where it came from."""

    value: Scalar
    origin: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What was configured, by key."""

    values: Mapping[str, Value]

    @property
    def agent(self) -> str:
        """The name of the agent."""
        return str(self.values["agent"].value)

    @property
    def seed(self) -> int:
        """The seed, 0 to 2⁶⁴ − 1."""
        return int(self.values["seed"].value)

    @property
    def out(self) -> Path:
        """The folder of the runs."""
        return Path(str(self.values["out"].value))

    @property
    def templates(self) -> Path | None:
        """The folder of templates that come before the bundled ones."""
        folder = str(self.values["templates"].value)
        return Path(folder) if folder else None

    @property
    def dynamic_flows(self) -> tuple[str, ...]:
        """The modes of dynamic flows that are switched on: bridge, direct, recovery."""
        modes = str(self.values["dynamic_flows"].value)
        return tuple(modes.split(", ")) if modes else ()

    @property
    def recovery(self) -> RecoveryConfig:
        """How failed steps are recovered, where they are."""
        from reev_types.recovery import RecoveryConfig

        return RecoveryConfig.model_validate({each.field: self.values[each.key].value for each in RECOVERY_SETTINGS})


def resolve(flags: Mapping[str, str | bool | None], environment: Mapping[str, str], file: Path | None) -> Settings:
    """Return every setting; raises UsageError for a value that cannot be meant and for a bad file.

    ``flags`` that are None were not given, a variable that is empty counts as unset, and ``file`` None means
    ``reev.toml`` in the working folder where there is one.
    """
    written = _written(file)
    return Settings({setting.key: _resolved(setting, flags, environment, written) for setting in SETTINGS})


@dataclass(frozen=True, slots=True)
class _File:
    """A configuration file as it was read."""

    path: Path
    text: str
    values: Mapping[str, object]

    def place(self, key: str) -> FilePlace:
        from reev_types.errors import FilePlace

        start = re.compile(rf"\s*\[*\s*([\"']?){re.escape(key)}\1\s*[=.\]]")
        for number, line in enumerate(self.text.splitlines(), start=1):
            if start.match(line):
                return FilePlace(str(self.path), number, line.index(key) + 1)
        return FilePlace(str(self.path))


def _resolved(
    setting: Setting, flags: Mapping[str, str | bool | None], environment: Mapping[str, str], written: _File | None
) -> Value:
    for value, origin, place in _candidates(setting, flags, environment, written):
        try:
            return Value(setting.read(value), str(place or origin))
        except ValueError as error:
            from reev_types.errors import UsageError

            told = f"{origin}: {error}, found {repr(value)[:60]}"
            hints = () if setting.default == "" else (setting.example(origin),)
            raise UsageError(f"bad_{setting.key}", told, place=place, suggestions=hints) from error
    return Value(setting.default, "default")


def _candidates(
    setting: Setting, flags: Mapping[str, str | bool | None], environment: Mapping[str, str], written: _File | None
) -> Iterator[tuple[object, str, FilePlace | None]]:
    flag = flags.get(setting.key)
    if flag is not None:
        yield flag, setting.given_by(flag), None
    if environment.get(setting.variable):
        yield environment[setting.variable], setting.variable, None
    if written is not None and setting.key in written.values:
        yield written.values[setting.key], setting.key, written.place(setting.key)


def _written(file: Path | None) -> _File | None:
    if file is None and not DEFAULT_FILE.is_file():
        return None
    import tomllib

    path = file or DEFAULT_FILE
    text = _content(path)
    try:
        written = _File(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(path, f"this is not TOML: {error}", *_position(str(error))) from error
    _refuse_unknown(written)
    return written


def _content(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(_MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, f"cannot be read: {error.strerror}") from error
    if len(content) > _MAX_BYTES:
        raise _unreadable(path, f"a configuration has at most {_MAX_BYTES} bytes")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise _unreadable(path, "a configuration is UTF-8 text") from error


def _refuse_unknown(written: _File) -> None:
    from reev_types.errors import UsageError

    known = [setting.key for setting in SETTINGS]
    for key in written.values:
        if key not in known:
            close = get_close_matches(key, known, n=1)
            hint = f"did you mean {close[0]}?" if close else "reev config shows them all"
            raise UsageError("unknown_setting", f"{key!r} is no setting", place=written.place(key), suggestions=(hint,))


def _position(message: str) -> tuple[int, int]:
    found = _TOML_PLACE.search(message)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _unreadable(path: Path, message: str, line: int = 0, column: int = 0) -> UsageError:
    from reev_types.errors import FilePlace, UsageError

    return UsageError("bad_configuration", message, place=FilePlace(str(path), line, column))
