"""What a wallet holds and what that is worth, cached, bounded in time, and honest about what is not known.

``ContextResolver`` resolves; ``reev_orchestrator.context.sources`` has what it asks.
"""

from ._metrics import CacheCounts, ContextMetrics
from ._owner import checked_owner
from ._resolved import ContextAges, ResolvedContext
from ._resolver import ContextResolver
from ._settings import CacheLimits, ContextSettings
from ._value import total_value_usd

__all__ = [
    "CacheCounts",
    "CacheLimits",
    "ContextAges",
    "ContextMetrics",
    "ContextResolver",
    "ContextSettings",
    "ResolvedContext",
    "checked_owner",
    "total_value_usd",
]
