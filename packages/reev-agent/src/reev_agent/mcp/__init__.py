"""The tools of a wallet over MCP, so that any client of that protocol can act with them.

``serve`` offers a tool set on standard input and output; ``McpAgent`` lets the client there carry out a benchmark.
"""

from ._agent import McpAgent
from ._extra import require_extra
from ._serve import serve

__all__ = ["McpAgent", "require_extra", "serve"]
