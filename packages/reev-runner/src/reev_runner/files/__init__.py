"""Benchmark files: read with places, checked, compiled into test cases, and found by path or id.

``load_file`` keeps everything a file says, ``compile_case`` makes it strict, ``find_benchmarks`` finds files.
"""

from ._catalog import BUILT_IN, FoundBenchmark, find_benchmarks, load_benchmarks
from ._compile import compile_case, load_case
from ._generated import check_generated, generated_text, is_temporary
from ._load import LoadedBenchmark, load_document, load_file, load_text
from ._model import BenchmarkFile
from ._schema import benchmark_schema

__all__ = [
    "BUILT_IN",
    "BenchmarkFile",
    "FoundBenchmark",
    "LoadedBenchmark",
    "benchmark_schema",
    "check_generated",
    "compile_case",
    "find_benchmarks",
    "generated_text",
    "is_temporary",
    "load_benchmarks",
    "load_case",
    "load_document",
    "load_file",
    "load_text",
]
