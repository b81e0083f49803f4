"""The budgets of ARCHITECTURE.md, one module a subject; each has its ``ROWS``."""
