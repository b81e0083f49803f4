"""From typed intents to a plan on a wallet: amounts, order, checks, goals and warnings, before anything runs.

``plan`` turns a Reading and a WalletContext into a ``DynamicFlowPlan`` or raises a UserError; a ``QuoteSource``
makes its projections better, and nothing is invented where neither a quote nor a price is known.
"""

from ._effects import share_mint
from ._plan import plan
from ._quotes import Quote, QuoteSource

__all__ = ["Quote", "QuoteSource", "plan", "share_mint"]
