"""Who may do what: tokens with scopes, of which only hashes are kept, and how often anybody may ask.

``Authority`` knows callers by their tokens; ``Guard`` holds for every request, whatever route it is meant for.
"""

from ._authority import Authority, Caller, check_scope
from ._guard import Guard
from ._rates import Rates
from ._tokens import Scope, new_token

__all__ = ["Authority", "Caller", "Guard", "Rates", "Scope", "check_scope", "new_token"]
