"""The routes under ``/api/v1``, and the server that answers on them.

``serving`` is a server for the length of a context, ``run_server`` one until a signal; both serve ``create_app``.
"""

from ._app import create_app
from ._server import ReevServer, run_server, serving
from ._services import Services

__all__ = ["ReevServer", "Services", "create_app", "run_server", "serving"]
