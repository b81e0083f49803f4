"""The keys of a session: derived from its seed, or mirrored from wallets whose key nobody here has."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from solders.keypair import Keypair
from solders.pubkey import Pubkey
from solders.signature import Signature

from reev_types.errors import ChainError

from ._digest import Digest
from ._keys import pubkey

__all__ = ["Keyring"]


class Keyring:
    """Signs for the wallets of one session.

    The key of a name is a function of ``seed``, ``namespace`` and the name alone. A mirrored wallet is an address
    adopted without its key: its signature is derived from the message, which no real chain would accept.
    """

    def __init__(self, seed: int, namespace: str) -> None:
        self._origin = (seed, namespace)
        self._addresses: dict[str, str] = {}
        self._keypairs: dict[Pubkey, Keypair] = {}
        self._mirrored: set[Pubkey] = set()

    def address(self, name: str) -> str:
        """Return the address of the wallet called ``name``, holding its key from now on."""
        if name not in self._addresses:
            keypair = _derive(*self._origin, name)
            # Keypair.pubkey() would multiply the curve point again; the stored bytes end with it.
            key = Pubkey(keypair.to_bytes()[32:])
            self._keypairs[key] = keypair
            self._addresses[name] = str(key)
        return self._addresses[name]

    def adopt(self, address: str) -> None:
        """Register a mirrored wallet; an address whose key is held keeps it. Raises ChainError ``invalid_address``."""
        self._mirrored.add(pubkey(address))

    def holds(self, address: str) -> bool:
        """Tell whether this keyring can sign for ``address``."""
        key = pubkey(address)
        return key in self._keypairs or key in self._mirrored

    def sign(self, signer: Pubkey, message: bytes) -> Signature:
        """Return ``signer``'s signature of ``message``; raises ChainError ``unknown_signer``."""
        keypair = self._keypairs.get(signer)
        if keypair is not None:
            return keypair.sign_message(message)
        if signer in self._mirrored:
            return _mirrored_signature(signer, message)
        raise ChainError("unknown_signer", f"the key of {signer} is not held", context={"signer": str(signer)})

    def verify(self, signer: Pubkey, signature: Signature, message: bytes) -> bool:
        """Tell whether ``signature`` is ``signer``'s of ``message``, whether or not the key is held."""
        if signer in self._mirrored and signer not in self._keypairs:
            return signature == _mirrored_signature(signer, message)
        return signature.verify(signer, message)


# Multiplying the curve point is the dearest part of setting up a run, and a run's reference needs the same keys.
@lru_cache(maxsize=4096)
def _derive(seed: int, namespace: str, name: str) -> Keypair:
    origin = (str(seed).encode(), namespace.encode(), name.encode())
    return Keypair.from_seed(Digest("reev-key").add(*origin).digest())


def _mirrored_signature(signer: Pubkey, message: bytes) -> Signature:
    return Signature(hashlib.sha512(b"reev-mirror" + bytes(signer) + message).digest())
