"""What the generators share: a wallet written down a second time, and ways of writing amounts and names."""

from __future__ import annotations

import random
from fractions import Fraction

ALICE = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"
BOB = "7vfCXTUXx5WJV5JADk17DUJ4ksgau7utNKj4b963voxs"
DECIMALS = {"SOL": 9, "USDC": 6, "USDT": 6, "JUP": 6, "BONK": 5, "JitoSOL": 9, "mSOL": 9, "EURC": 6, "PYUSD": 6}
BALANCE = {
    "SOL": 4_000_000_000,
    "USDC": 200_000_000,
    "USDT": 100_000_000,
    "JUP": 300_000_000,
    "BONK": 100_000_000_000,
    "mSOL": 2_000_000_000,
    "JitoSOL": 1_000_000_000,
    "EURC": 30_000_000,
}
SOL_RESERVE = 10_000_000
PRICE = {"SOL": Fraction(150), "USDC": Fraction(1), "USDT": Fraction(1), "JUP": Fraction(1, 2), "mSOL": Fraction(180)}
HELD = tuple(BALANCE)

Record = dict[str, object]


def affordable(token: str, dice: random.Random) -> tuple[str, int]:
    """Return an amount as text and in raw units, at most a third of what is held, in one of several spellings."""
    places = min(3, DECIMALS[token])
    most = BALANCE[token] * 10**places // 10 ** DECIMALS[token] // 3
    thousandths = dice.randint(1, max(1, most))
    raw = thousandths * 10 ** (DECIMALS[token] - places)
    whole, part = divmod(thousandths, 10**places)
    digits = f"{part:0{places}d}".rstrip("0")
    plain = f"{whole}.{digits}" if digits else str(whole)
    spellings = [plain, plain + ("0" if digits else ".0")]
    if whole == 0:
        spellings.append(f".{digits}")
    if whole >= 1000:
        spellings.append(f"{whole:,}" + (f".{digits}" if digits else ""))
    if not digits and whole % 100 == 0:
        spellings.append(f"{whole // 1000}.{whole % 1000 // 100}k" if whole % 1000 else f"{whole // 1000}k")
    return dice.choice(spellings), raw


def cased(token: str, dice: random.Random) -> str:
    return dice.choice((token, token, token.lower(), token.upper()))


def pair(dice: random.Random) -> tuple[str, str]:
    source = dice.choice(HELD)
    return source, dice.choice([token for token in DECIMALS if token != source])


def noisy(text: str, dice: random.Random) -> str:
    before = dice.choice(("", "", "please ", "Hey, ", "ok, ", "Please "))
    after = dice.choice(("", "", ".", " please", ", thanks", " now", "!", "  "))
    return before + text + after


def share_text(fraction: Fraction) -> str:
    rest = fraction.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return f"{float(fraction):g}" if rest == 1 else str(fraction)
