"""Sessions and tokens in a database: SQLite by default, PostgreSQL by URL, through the same tables.

``open_storage`` brings the schema up to date; ``Storage`` is what the server needs of it.
"""

from ._records import (
    Accepted,
    NewSession,
    SessionDetails,
    SessionEnding,
    SessionFilter,
    SessionRecord,
    Storage,
    TokenRecord,
)
from ._sql import open_storage

__all__ = [
    "Accepted",
    "NewSession",
    "SessionDetails",
    "SessionEnding",
    "SessionFilter",
    "SessionRecord",
    "Storage",
    "TokenRecord",
    "open_storage",
]
