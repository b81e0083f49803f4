"""The committed images are what their sources say."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import struct
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2]
SOURCES = sorted((PACKAGE / "onchain").glob("*.c"))
COMPILER = "0.17.1"
"""The version of ziglang that made the committed images."""


@pytest.fixture
def build(monkeypatch):
    monkeypatch.syspath_prepend(str(PACKAGE / "onchain"))
    yield importlib.import_module("build")
    for name in ("build", "link"):
        sys.modules.pop(name)


@pytest.mark.parametrize("source", SOURCES, ids=[source.name for source in SOURCES])
def test_a_program_is_built_from_its_source_to_the_byte(build, source):
    check(build, source, build.image_path(source))


def test_the_hostile_program_of_the_tests_is_built_from_its_source(build):
    source = PACKAGE / "tests/market/swap/forwarder.c"
    check(build, source, source.with_suffix(".so"))


def check(build, source: Path, image: Path) -> None:
    if importlib.util.find_spec("ziglang") is None:
        pytest.skip("the optional module ziglang, which holds the compiler, is not installed")
    installed = importlib.metadata.version("ziglang")
    if installed != COMPILER:
        pytest.skip(f"the images were made with ziglang {COMPILER}, and {installed} may choose other instructions")
    assert build.build(source) == image.read_bytes()


@pytest.mark.parametrize("damage", [b"", b"\x7fELF", b"MZ" + bytes(100)])
def test_what_is_no_object_is_not_linked(build, damage):
    with pytest.raises(sys.modules["link"].LinkError):
        sys.modules["link"].link(damage)


@pytest.mark.parametrize("source", SOURCES, ids=[source.name for source in SOURCES])
def test_an_image_is_a_shared_object_that_names_no_path(build, source):
    image = build.image_path(source).read_bytes()
    kind, machine = struct.unpack_from("<HH", image, 16)
    assert (kind, machine) == (3, 247)
    assert str(PACKAGE).encode() not in image
    assert b"/tmp" not in image
