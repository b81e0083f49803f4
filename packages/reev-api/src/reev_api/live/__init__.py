"""What watchers see of sessions, live and replayed: every event once, in order, then how the session ended.

``Live`` joins journals and what workers report; ``ending_line`` is the last line of every stream.
"""

from ._ending import ENDED, ending_line
from ._live import Live
from ._topics import Frame

__all__ = ["ENDED", "Frame", "Live", "ending_line"]
