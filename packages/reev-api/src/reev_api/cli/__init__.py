"""``reev serve`` and ``reev tokens``, found by ``reev`` through the entry-point group ``reev.commands``.

Importing this costs typer alone; the server is imported when it is started.
"""

from ._programs import program
from ._serve import serve
from ._tokens import tokens

__all__ = ["program", "serve", "tokens"]
