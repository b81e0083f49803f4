"""Sessions from their acceptance to their end: a bounded queue, cancellation, questions, and what a restart finds.

``Executions`` is the one place that decides where a session stands.
"""

from ._executions import Executions
from ._waiting import WaitingRoom

__all__ = ["Executions", "WaitingRoom"]
