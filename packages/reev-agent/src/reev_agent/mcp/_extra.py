"""The optional extra that serving MCP needs."""

from __future__ import annotations

from reev_types.errors import UsageError

__all__ = ["require_extra"]


def require_extra() -> None:
    """Raise UsageError ``mcp_missing`` where the extra ``mcp`` is not installed, saying how to install it."""
    try:
        import mcp.server.lowlevel  # noqa: F401 (only whether it is there)
    except ImportError as error:
        raise UsageError(
            "mcp_missing",
            f"serving MCP needs the package {error.name}, which is not installed",
            suggestions=("pip install 'reev-agent[mcp]'",),
        ) from error
