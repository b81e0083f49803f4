"""``python -m reev_api``: the server's commands without the rest of reev."""

from __future__ import annotations

from reev_api.cli import program

if __name__ == "__main__":
    program()
