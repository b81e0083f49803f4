"""Agents of other makers behind an HTTP address, spoken to as the original spoke to its own: ``POST /gen/tx``.

``GenTxAgent`` sends a step, reads instructions back and carries them out. Importing this costs no HTTP client.
"""

from ._address import checked_url
from ._agent import GenTxAgent
from ._errors import ForeignAgentError

__all__ = ["ForeignAgentError", "GenTxAgent", "checked_url"]
