"""reev over HTTP: so far the shape in which it reports errors.

``problem_of`` turns any error of reev into RFC 9457 problem details with its stable code and its suggestions.
"""

from ._problems import Problem, problem_of

__all__ = ["Problem", "problem_of"]
