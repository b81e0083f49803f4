from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent


@pytest.fixture(scope="module")
def document(server):
    return server.client.get("/openapi.json").json()


def test_the_document_is_of_openapi_3_1(document):
    assert document["openapi"].startswith("3.1")


def test_every_route_says_which_problems_it_has(document):
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            refused = {status for status in told["responses"] if status >= "4"}
            assert refused >= ({"500"} if path.endswith("/health") else {"401", "403", "422", "429", "500"}), method


def test_every_reference_in_the_document_leads_somewhere(document):
    def references(part):
        if isinstance(part, dict):
            yield from ([part["$ref"]] if "$ref" in part else [])
            part = list(part.values())
        if isinstance(part, list):
            for each in part:
                yield from references(each)

    every = list(references(document))
    assert every
    for reference in every:
        found = document
        for name in reference.removeprefix("#/").split("/"):
            found = found[name]


def test_every_route_has_a_behaviour_test(document):
    told = "\n".join(path.read_text() for path in TESTS.glob("test_*.py"))
    for path in document["paths"]:
        parts = [re.escape(part) for part in re.split(r"\{[^}]+\}", path.removeprefix("/api/v1"))]
        assert re.search(r"[^/\s\"']+".join(parts).removeprefix("/"), told), path
