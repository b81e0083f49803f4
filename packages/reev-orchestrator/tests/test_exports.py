import subprocess
import sys

import pytest

import reev_orchestrator


@pytest.mark.parametrize("name", reev_orchestrator.__all__)
def test_every_public_name_is_there(name):
    assert getattr(getattr(reev_orchestrator, name), "__name__", name) == name


def test_another_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'Planner'"):
        reev_orchestrator.Planner  # noqa: B018 - the access is the test


def test_importing_the_package_loads_none_of_its_parts():
    told = (
        "import sys, reev_orchestrator; print([name for name in sys.modules if name.startswith('reev_orchestrator.')])"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
