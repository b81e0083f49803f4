"""Jupiter Lend in the embedded market: vaults whose shares grow in price with the chain's clock.

``vault_accounts`` puts a vault into a world, ``lend_instruction`` builds what its program takes, and ``preview`` says
to the unit what a call will come to. The program is ``onchain/lend.c``; its image is ``programs/jupiter_lend.so``.
"""

from ._addresses import LEND_PROGRAM, LENDING_ADMIN, VaultAddresses, vault_addresses
from ._errors import LendError
from ._events import LendEvent, LogDeposit, LogUpdateRates, LogWithdraw, lend_events
from ._genesis import VaultTerms, shared_lend_accounts, vault_accounts
from ._instructions import (
    LEND_INSTRUCTIONS,
    LendCall,
    LendInstruction,
    decode_lend_instruction,
    lend_instruction,
)
from ._model import (
    EVERYTHING,
    PRICE_ONE,
    LendOperation,
    Preview,
    PriceRule,
    preview,
    preview_deposit,
    preview_mint,
    preview_redeem,
    preview_withdraw,
)
from ._vaults import Vault, read_vault

__all__ = [
    "EVERYTHING",
    "LENDING_ADMIN",
    "LEND_INSTRUCTIONS",
    "LEND_PROGRAM",
    "PRICE_ONE",
    "LendCall",
    "LendError",
    "LendEvent",
    "LendInstruction",
    "LendOperation",
    "LogDeposit",
    "LogUpdateRates",
    "LogWithdraw",
    "Preview",
    "PriceRule",
    "Vault",
    "VaultAddresses",
    "VaultTerms",
    "decode_lend_instruction",
    "lend_events",
    "lend_instruction",
    "preview",
    "preview_deposit",
    "preview_mint",
    "preview_redeem",
    "preview_withdraw",
    "read_vault",
    "shared_lend_accounts",
    "vault_accounts",
    "vault_addresses",
]
