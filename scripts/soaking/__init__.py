"""Flows carried out, broken and killed at random, and what must hold of each in the end.

The checks read the chain's own history and carry the flow out once more; they share nothing with what recovery
remembers.
"""
