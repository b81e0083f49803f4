"""From what a person types to a plan: the sentence read, the wallet resolved, exchanges quoted, the plan checked.

``OrchestratorGateway`` does it; a ``QuoteService`` (Protocol) tells what exchanges would bring.
"""

from ._gateway import OrchestratorGateway
from ._identity import flow_id
from ._metrics import GatewayMetrics
from ._quotes import QuoteService

__all__ = ["GatewayMetrics", "OrchestratorGateway", "QuoteService", "flow_id"]
