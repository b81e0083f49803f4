"""A SandboxChain over a real surfpool: Solana's JSON-RPC with the cheat codes that benchmarks need.

``find_surfpool`` tells whether the peer is installed, ``SurfpoolProcess`` runs it for as long as it is needed, and
``SurfpoolChain.open`` puts a world on it.
"""

from ._chain import SurfpoolChain
from ._find import Absent, find_surfpool
from ._process import SurfpoolProcess

__all__ = ["Absent", "SurfpoolChain", "SurfpoolProcess", "find_surfpool"]
