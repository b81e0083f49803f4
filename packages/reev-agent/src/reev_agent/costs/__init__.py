"""What tokens cost: a dated price table as data, and exact arithmetic on it in micro-USD."""

from ._prices import Price, PriceTable, cost_micro_usd

__all__ = ["Price", "PriceTable", "cost_micro_usd"]
