"""What is said when a sentence is not carried out: errors with a place, and questions whose codes begin ``ask_``."""

from __future__ import annotations

from reev_types.errors import TextPlace, UserError

__all__ = [
    "PHRASINGS",
    "ask_action",
    "ask_amount",
    "ask_recipient",
    "ask_token",
    "ask_which_amount",
    "ask_which_reading",
    "not_understood",
    "refusal",
]

PHRASINGS = ("swap 0.1 SOL to USDC", "lend 50 USDC on Jupiter", "show my balances")


def refusal(code: str, message: str, place: TextPlace, *suggestions: str) -> UserError:
    """Return a UserError at ``place``."""
    return UserError(code, message, place=place, suggestions=suggestions)


def ask_action(place: TextPlace) -> UserError:
    """Ask what is to be done."""
    return refusal("ask_action", "what is to be done, and with how much of what?", place, *PHRASINGS)


def ask_amount(place: TextPlace, message: str = "how much?", *suggestions: str) -> UserError:
    """Ask how much is meant."""
    return refusal("ask_amount", message, place, *suggestions)


def ask_token(place: TextPlace, message: str = "which token?", *suggestions: str) -> UserError:
    """Ask which token is meant."""
    return refusal("ask_token", message, place, *suggestions)


def ask_recipient(place: TextPlace, message: str = "to which address?", *suggestions: str) -> UserError:
    """Ask for an address; names are not resolved."""
    return refusal("ask_recipient", message, place, *(suggestions or ("give the recipient's base58 address",)))


def ask_which_amount(place: TextPlace, message: str, *suggestions: str) -> UserError:
    """Ask which of several amounts, or which reading of a number, is meant."""
    return refusal("ask_which_amount", message, place, *suggestions)


def ask_which_reading(place: TextPlace, message: str, *suggestions: str) -> UserError:
    """Ask which of two readings is meant."""
    return refusal("ask_which_reading", message, place, *suggestions)


def not_understood(place: TextPlace, message: str, *suggestions: str) -> UserError:
    """Say what could not be read, with phrasings that would work."""
    return refusal("not_understood", message, place, *(suggestions or PHRASINGS))
