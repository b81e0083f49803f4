"""What a server is started with.

``ServerSettings`` is checked as a whole: authentication can be off on loopback alone.
"""

from ._settings import ServerSettings

__all__ = ["ServerSettings"]
