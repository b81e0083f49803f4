"""The program of a worker: ``python -m reev_api.workers <descriptor of its socket> <folder of the sessions>``."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from pathlib import Path

from reev_api.workers._serving import Serving

_NICENESS = 5
"""Answering comes before carrying out where both want a processor."""


async def _main(connection: socket.socket, root: Path) -> None:
    await Serving(connection, root).run()
    # Nobody listens any more. Flows under way go on from their journals, in which nothing may say that they were
    # stopped: so they are not cancelled.
    os._exit(0)


def main() -> None:
    """Serve until the other end is gone."""
    descriptor, root = sys.argv[1:]
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    asyncio.run(_main(socket.socket(fileno=int(descriptor)), Path(root)))


if __name__ == "__main__":
    main()
