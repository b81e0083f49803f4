"""Processes that own the VMs and carry flows out, so that the server's event loop never does.

``Pool`` starts them, hands sessions to them and tells what they report; the messages are closed unions.
"""

from ._messages import Answered, Ended, Failed, Happened, LandedTransaction, Planned, Ready, Report, Start, Stopped
from ._orders import BenchmarkOrder, FlowOrder, FlowTermsOrder, Order
from ._pool import Pool

__all__ = [
    "Answered",
    "BenchmarkOrder",
    "Ended",
    "Failed",
    "FlowOrder",
    "FlowTermsOrder",
    "Happened",
    "LandedTransaction",
    "Order",
    "Planned",
    "Pool",
    "Ready",
    "Report",
    "Start",
    "Stopped",
]
