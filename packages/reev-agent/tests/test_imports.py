import subprocess
import sys

import pytest

HEAVY = ("httpx", "openai", "mcp", "opentelemetry")


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("reev_agent", (*HEAVY, "reev_agent.models", "reev_agent.loop")),
        ("reev_agent.loop", HEAVY),
        ("reev_agent.providers", HEAVY),
        ("reev_agent.testing", HEAVY),
    ],
)
def test_importing_brings_in_nothing_before_it_is_needed(module, absent):
    program = f"import sys, {module}; print([name for name in {absent!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
