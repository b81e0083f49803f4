"""A benchmark's plain values as YAML that reads back to the same values."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

__all__ = ["yaml_text"]

# Words that no reader of YAML 1.1 or 1.2 takes for anything but text.
_PLAIN = re.compile(r"[A-Z][A-Za-z]+(_[A-Za-z]+)+|[a-z]+(_[a-z]+)+|(swap|exact|share|all|in|out|dynamic|transfer)")


_WIDEST = 2**30
"""So that no line is broken."""

# The emitter in C is an optional part of PyYAML: wheels have it, a build from source may not.
_BASE: type[yaml.SafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_BASE):  # type: ignore[valid-type,misc] # one of two classes, by what is installed
    """Writes text in quotes, several lines as a block where that can be, and no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = None if _PLAIN.fullmatch(text) else "|" if "\n" in text else '"'
    node: yaml.ScalarNode = dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)
    return node


def _mapping(dumper: _Dumper, values: Mapping[str, object]) -> yaml.MappingNode:
    """Represent keys, which are names of the format, without quotes."""
    pairs = [
        (dumper.represent_scalar("tag:yaml.org,2002:str", key), dumper.represent_data(value))
        for key, value in values.items()
    ]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=False)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _mapping)


def yaml_text(document: Mapping[str, object]) -> str:
    """Return the document; keys keep their order, and no line is broken that was not."""
    return yaml.dump(dict(document), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDEST)
