"""reev over HTTP: sentences and benchmarks are accepted at once, carried out by worker processes, and watched live.

``reev_api.http`` has the server, ``reev_api.cli`` its commands; ``problem_of`` turns any error of reev into RFC 9457
problem details with its stable code and its suggestions.
"""

from ._problems import Problem, problem_of

__all__ = ["Problem", "problem_of"]
