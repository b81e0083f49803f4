"""Jupiter's REST API over HTTP: a ``JupiterClient`` that keeps to the gateway's limits and hides its key.

``HttpJupiter`` asks, ``HttpSettings`` says where and how patiently. httpx is imported with the first request.
"""

from ._jupiter import HttpJupiter
from ._settings import HttpSettings

__all__ = ["HttpJupiter", "HttpSettings"]
