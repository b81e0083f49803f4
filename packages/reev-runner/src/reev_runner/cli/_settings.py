"""Configuration: flags before ``REEV_*`` variables before ``reev.toml`` before defaults.

Every value knows where it came from. An unknown key in the file is an error, since a misspelt one would be ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reev_types.errors import FilePlace, UsageError

__all__ = ["DEFAULT_FILE", "SETTINGS", "Setting", "Settings", "Value", "resolve"]

DEFAULT_FILE = Path("reev.toml")
_SEED_MAX = 2**64 - 1
_MAX_BYTES = 65_536
_MODES = ("bridge", "direct", "recovery")
_DIGITS = re.compile(r"\d{1,20}", re.ASCII)
_TOML_PLACE = re.compile(r"at line (\d+), column (\d+)")


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("expected text")
    return value


def _folder(value: object) -> str:
    text = _text(value)
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("expected the name of a folder in UTF-8 without NUL")
    return text


def _seed(value: object) -> int:
    digits = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if not _DIGITS.fullmatch(digits) or int(digits) > _SEED_MAX:
        raise ValueError(f"expected a whole number from 0 to {_SEED_MAX}")
    return int(digits)


def _modes(value: object) -> str:
    words = re.split(r"[,\s]+", value.strip()) if isinstance(value, str) else value
    if not isinstance(words, list) or not all(word in (*_MODES, "none") for word in words):
        raise ValueError(f"expected a list of {', '.join(_MODES)}, or none")
    return ", ".join(mode for mode in _MODES if mode in words)


class Setting(NamedTuple):
    """One thing that can be configured."""

    key: str
    default: str | int
    read: Callable[[object], str | int]
    """Raises ValueError with what is expected."""
    meaning: str

    @property
    def variable(self) -> str:
        """The environment variable."""
        return f"REEV_{self.key.upper()}"


SETTINGS = (
    Setting("agent", "deterministic", _text, "the agent that carries out the steps"),
    Setting("seed", 0, _seed, "what every key and blockhash is derived from"),
    Setting("out", "runs", _folder, "the folder that runs are kept in"),
    Setting("dynamic_flows", ", ".join(_MODES), _modes, "how sentences may be run"),
)


class Value(NamedTuple):
    """A value and where it came from."""

    value: str | int
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
    def dynamic_flows(self) -> tuple[str, ...]:
        """The modes of dynamic flows that are switched on: bridge, direct, recovery."""
        modes = str(self.values["dynamic_flows"].value)
        return tuple(modes.split(", ")) if modes else ()


def resolve(flags: Mapping[str, str | None], environment: Mapping[str, str], file: Path | None) -> Settings:
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
    setting: Setting, flags: Mapping[str, str | None], environment: Mapping[str, str], written: _File | None
) -> Value:
    for value, origin, place in _candidates(setting, flags, environment, written):
        try:
            return Value(setting.read(value), str(place or origin))
        except ValueError as error:
            from reev_types.errors import UsageError

            raise UsageError(
                f"bad_{setting.key}", f"{origin}: {error}, found {repr(value)[:60]}", place=place
            ) from error
    return Value(setting.default, "default")


def _candidates(
    setting: Setting, flags: Mapping[str, str | None], environment: Mapping[str, str], written: _File | None
) -> Iterator[tuple[object, str, FilePlace | None]]:
    flag = flags.get(setting.key)
    if flag is not None:
        yield flag, f"--{setting.key}", None
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
            hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
            raise UsageError("unknown_setting", f"{key!r} is no setting", place=written.place(key), suggestions=(hint,))


def _position(message: str) -> tuple[int, int]:
    found = _TOML_PLACE.search(message)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _unreadable(path: Path, message: str, line: int = 0, column: int = 0) -> UsageError:
    from reev_types.errors import FilePlace, UsageError

    return UsageError("bad_configuration", message, place=FilePlace(str(path), line, column))
