"""Compile every program in this folder and write its image to where the wheel ships it.

    python build.py          needs the module ``ziglang``; README.md names the version of the committed images

Images are a pure function of the sources and the compiler's version: no path, time or user reaches them.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from link import link

__all__ = ["IMAGES", "SOURCES", "build", "image_path", "main"]

SOURCES = Path(__file__).resolve().parent
IMAGES = SOURCES.parent / "src/reev_tools/market/programs"

# The version 2 instruction set, because the 32-bit arithmetic of version 3 means something else in sBPF v0.
_TARGET = ("-target", "bpfel-freestanding-none", "-mcpu=v2")
_LANGUAGE = ("-std=c11", "-O2", "-g0", "-fno-strict-aliasing", "-Wall", "-Wextra", "-Werror")
# No library to call, nothing in the object but code and constants.
_BARE = ("-nostdlib", "-ffreestanding", "-fno-builtin", "-fno-stack-protector")
_LEAN = ("-fno-ident", "-fno-asynchronous-unwind-tables", "-fno-unwind-tables")


def build(source: Path) -> bytes:
    """Return the image of one program.

    Raises CalledProcessError when it does not compile, LinkError when the result is no program.
    """
    with tempfile.TemporaryDirectory() as folder:
        compiled = Path(folder, "program.o")
        compiler = (sys.executable, "-m", "ziglang", "cc", *_TARGET, *_LANGUAGE, *_BARE, *_LEAN)
        subprocess.run([*compiler, "-I", str(SOURCES), "-c", str(source), "-o", str(compiled)], check=True, cwd=folder)
        return link(compiled.read_bytes())


def image_path(source: Path) -> Path:
    """Return where the image of ``source`` is kept: ``swap.c`` becomes ``jupiter_swap.so``."""
    return IMAGES / f"jupiter_{source.stem}.so"


def main() -> None:
    """Build all programs and print size and SHA-256 of each image."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for source in sorted(SOURCES.glob("*.c")):
        image = build(source)
        image_path(source).write_bytes(image)
        sys.stdout.write(f"{hashlib.sha256(image).hexdigest()} {len(image):6} {image_path(source).name}\n")


if __name__ == "__main__":
    main()
