from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "not_found"),
        ("PUT", "/health", 405, "method_not_allowed"),
        ("POST", "/benchmarks/execute-direct", 422, "invalid_request"),
    ],
)
def test_errors_of_the_framework_have_the_same_shape(server, method, path, status, code):
    answer = server.client.request(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert (problem["status"], problem["code"], problem["type"]) == (status, code, f"urn:reev:error:{code}")


@pytest.mark.parametrize(("path", "methods"), [("/health", "GET"), ("/sessions/some", "DELETE, GET")])
def test_a_wrong_method_is_told_which_are_right(server, path, methods):
    assert server.client.put(path).headers["allow"] == methods


@pytest.mark.parametrize("body", [b"{", b'"x"', b"[]", b"\xff", b'{"prompt": NaN}'])
def test_a_body_that_is_no_request_is_refused(server, body):
    headers = {"content-type": "application/json"}
    answer = server.client.post("/benchmarks/execute-direct", content=body, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) in (
        (422, "application/problem+json"),
        (400, "application/problem+json"),
    )


def test_a_bug_tells_nothing_of_itself(server, monkeypatch):
    async def broken(*args, **kwargs):
        raise RuntimeError("secret-123")

    monkeypatch.setattr(server.services.storage, "session", broken)
    answer = server.client.get("/sessions/some/status")
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert "secret-123" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("content", [b"x" * 300_000, [b"x" * 100_000] * 3], ids=["said", "chunked"])
def test_a_body_that_is_too_large_is_told_so(server, content):
    headers = {"content-type": "application/json"}
    sent = content if isinstance(content, bytes) else iter(content)
    answer = server.client.post("/benchmarks/execute-direct", content=sent, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
