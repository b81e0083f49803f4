"""The embedded chain: LiteSVM inside this process, shared by any number of isolated sessions.

A ``World`` is what all sessions start from, a ``Vm`` executes for them, an ``EmbeddedChain`` is one of them and
signs with its ``Keyring``. The codecs turn mints and token accounts of both token programs into bytes and back.
"""

from ._embedded import EmbeddedChain
from ._keyring import Keyring
from ._keys import associated_token_address, is_on_curve
from ._mints import decode_mint, encode_mint
from ._token_accounts import decode_token_account, encode_token_account
from ._transactions import signed_transaction
from ._vm import Vm
from ._world import World

__all__ = [
    "EmbeddedChain",
    "Keyring",
    "Vm",
    "World",
    "associated_token_address",
    "decode_mint",
    "decode_token_account",
    "encode_mint",
    "encode_token_account",
    "is_on_curve",
    "signed_transaction",
]
