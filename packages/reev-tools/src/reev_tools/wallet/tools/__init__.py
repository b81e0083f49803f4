"""The tools one by one: each validates its arguments, refuses what cannot be meant, and reports what happened.

``STANDARD_TOOLS`` are on offer to every agent; ``ExecuteTransaction`` is for those that bring their own instructions.
"""

from ._execute_transaction import ExecuteTransaction
from ._standard import STANDARD_TOOLS

__all__ = ["STANDARD_TOOLS", "ExecuteTransaction"]
