"""Models that follow a script, behind two servers: reev's own and one that somebody else wrote."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from anyio.from_thread import start_blocking_portal
from typer.testing import CliRunner, Result

from reev_agent.testing import StubAnswer, StubServer
from reev_runner.cli import runner
from reev_runner.execution import ModelOptions
from reev_runner.files import BUILT_IN, find_benchmarks
from reev_runner.suite import SuiteOptions, Trial, run_suite

HERE = Path(__file__).parent
AIMOCK = HERE.parents[1] / ".peers" / "node_modules" / "@copilotkit" / "aimock" / "dist" / "cli.js"
KEY = "sk-canary-7f3a91c2d4e5"
USAGE = {"prompt_tokens": 1_234, "completion_tokens": 56, "total_tokens": 1_290}
LIE = "Done: carried out exactly as you asked. The position is worth 1,042.09 USDC and has earned 42.09 USDC."

Reply = str | list[dict[str, Any]]
"""Text, or tool calls by name with their arguments."""


class Play(NamedTuple):
    """What a model replies, turn by turn, when ``asked`` stands in the request of a step."""

    benchmark: str
    asked: str
    replies: list[Reply]


@pytest.fixture(scope="session")
def plays() -> tuple[Play, ...]:
    return tuple(Play(**play) for play in yaml.safe_load((HERE / "plays.yml").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def benchmark_ids() -> tuple[str, ...]:
    """The benchmarks that have plays: those in which nothing fails on purpose."""
    return tuple(path.stem for path in find_benchmarks([str(BUILT_IN)]) if not path.stem.startswith("4"))


@pytest.fixture(scope="session")
def key() -> str:
    """A key that must turn up nowhere but in a header."""
    return KEY


@pytest.fixture(scope="session")
def environment_for() -> Callable[[str], dict[str, str]]:
    """Return the variables that send every model to one server, each to the path that its provider has."""

    def environment_for(root: str) -> dict[str, str]:
        return {
            "ZAI_API_KEY": KEY,
            "OPENAI_API_KEY": KEY,
            "ZAI_API_URL": f"{root}/api/paas/v4",
            "ZAI_CODING_API_URL": f"{root}/api/coding/paas/v4",
            "LOCAL_MODEL_URL": f"{root}/v1",
            "OPENAI_BASE_URL": f"{root}/v1",
        }

    return environment_for


def turn_of(body: Mapping[str, Any]) -> int:
    return sum(message["role"] == "assistant" for message in body["messages"])


@pytest.fixture(scope="session")
def say() -> Callable[..., StubAnswer]:
    """Return a reply as an answer to a request, streamed in small pieces where that is asked for."""

    def say(body: Mapping[str, Any], reply: Reply, usage: Mapping[str, Any] | None = None) -> StubAnswer:
        message = _message(reply, turn_of(body))
        finish = "tool_calls" if message["tool_calls"] else "stop"
        if body.get("stream"):
            return StubAnswer(tuple(_events(message, finish, usage or USAGE)))
        choice = {"index": 0, "message": message, "finish_reason": finish}
        return StubAnswer({"id": "1", "object": "chat.completion", "choices": [choice], "usage": usage or USAGE})

    return say


@pytest.fixture(scope="session")
def sensible(plays, say) -> Callable[[dict[str, Any]], StubAnswer]:
    """Answer as the play of the request has it."""

    def sensible(body: dict[str, Any]) -> StubAnswer:
        asked = body["messages"][1]["content"]
        play = next(play for play in plays if play.asked in asked)
        return say(body, play.replies[turn_of(body)])

    return sensible


@pytest.fixture
def serve() -> Iterator[Callable[..., StubServer]]:
    """Start servers that answer from a thread of their own until the test is over."""
    with ExitStack() as stack:

        def serve(answers: Sequence[StubAnswer] | Callable[[dict[str, Any]], StubAnswer]) -> StubServer:
            server = StubServer(answers)
            portal = stack.enter_context(start_blocking_portal())
            stack.enter_context(portal.wrap_async_context_manager(server))
            return server

        yield serve


@pytest.fixture(scope="session")
def root_of() -> Callable[[StubServer], str]:
    return lambda server: server.url.removesuffix("/v1")


@pytest.fixture(scope="session")
def aimock(tmp_path_factory) -> Iterator[Callable[..., str]]:
    """Start third-party mock servers with fixtures of theirs; they run until the tests are over."""
    node = shutil.which("node")
    if node is None or not AIMOCK.is_file():
        pytest.skip("node or @copilotkit/aimock is not there; run `make peers`")
    with ExitStack() as stack:

        def start(fixtures: Sequence[Mapping[str, Any]]) -> str:
            path = tmp_path_factory.mktemp("aimock") / "fixtures.json"
            path.write_text(json.dumps({"fixtures": fixtures}))
            return stack.enter_context(_mock_server(node, path))

        yield start


@pytest.fixture(scope="session")
def sensible_aimock(aimock, plays) -> str:
    """A third party's server that follows the plays; its address without a path."""
    return aimock(
        [
            {"match": {"userMessage": play.asked, "turnIndex": turn}, "response": _aimock_response(reply)}
            for play in plays
            for turn, reply in enumerate(play.replies)
        ]
    )


@pytest.fixture(scope="session")
def lying_aimock(aimock) -> str:
    return aimock([{"match": {"userMessage": ""}, "response": {"content": LIE, "usage": USAGE}}])


@pytest.fixture
def run(tmp_path, environment_for) -> Callable[..., tuple[Trial, ...]]:
    """Run benchmarks with a model behind a server and return the trials; they are kept under ``runs``."""

    def run(selectors: Sequence[str], agent: str, root: str, *, clock: Any = None, **options: Any) -> tuple[Trial, ...]:
        environment = environment_for(root) | options.pop("environment", {})
        more = {"clock": clock} if clock else {}
        models = ModelOptions(environment=environment, **options)
        outcomes = run_suite(selectors, SuiteOptions(agent=agent, out=tmp_path / "runs", models=models, **more))
        return tuple(outcome for outcome in outcomes if isinstance(outcome, Trial))

    return run


@pytest.fixture
def command_line(tmp_path, monkeypatch, environment_for) -> Callable[..., Result]:
    """Run ``reev-runner`` in a folder of its own, its models behind one server."""

    def command_line(*arguments: str, root: str, **environment: str) -> Result:
        for name in [name for name in os.environ if name.startswith(("REEV_", "ZAI_", "OPENAI_", "LOCAL_"))]:
            monkeypatch.delenv(name)
        for name, value in (environment_for(root) | environment).items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(tmp_path)
        return CliRunner().invoke(runner, list(arguments), prog_name="reev-runner")

    return command_line


@pytest.fixture
def attempts_to_connect(monkeypatch) -> list[Any]:
    """Let nothing leave this process; what is looked up or connected to from now on is listed here."""
    attempts: list[Any] = []

    def refuse(*given: Any, **named: Any) -> None:
        attempts.append(given)
        raise OSError("this test has no network")

    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    return attempts


@pytest.fixture
def benchmark_asking(tmp_path) -> Callable[[str], str]:
    """Write benchmark 001 with a remark in its request, and return the file."""

    def benchmark_asking(remark: str) -> str:
        text = (BUILT_IN / "001-sol-transfer.yml").read_text(encoding="utf-8")
        path = tmp_path / f"{remark.replace(' ', '-')}.yml"
        text = text.replace("id: 001-sol-transfer", f"id: {path.stem}").replace(", please.", f", please. {remark}")
        path.write_text(text, encoding="utf-8")
        return str(path)

    return benchmark_asking


def _message(reply: Reply, turn: int) -> dict[str, Any]:
    if isinstance(reply, str):
        return {"role": "assistant", "content": reply, "tool_calls": []}
    calls = [
        {"id": f"call_{turn}_{number}", "type": "function", "function": {"name": name, "arguments": _text(arguments)}}
        for number, call in enumerate(reply)
        for name, arguments in call.items()
    ]
    return {"role": "assistant", "content": None, "tool_calls": calls}


def _events(message: Mapping[str, Any], finish: str, usage: Mapping[str, Any]) -> Iterator[str]:
    for word in (message["content"] or "").split(" "):
        yield _chunk({"content": word + " "})
    for index, call in enumerate(message["tool_calls"]):
        arguments = call["function"]["arguments"]
        yield _chunk({"tool_calls": [{**call, "index": index, "function": {**call["function"], "arguments": ""}}]})
        for start in range(0, len(arguments), 7):
            yield _chunk({"tool_calls": [{"index": index, "function": {"arguments": arguments[start : start + 7]}}]})
    yield _chunk({}, finish)
    yield json.dumps({"choices": [], "usage": usage})
    yield "[DONE]"


def _chunk(delta: Mapping[str, Any], finish: str | None = None) -> str:
    return json.dumps({"id": "1", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})


def _aimock_response(reply: Reply) -> dict[str, Any]:
    if isinstance(reply, str):
        return {"content": reply, "usage": USAGE}
    calls = [{"name": name, "arguments": _text(arguments)} for call in reply for name, arguments in call.items()]
    return {"toolCalls": calls, "usage": USAGE}


def _text(arguments: Mapping[str, Any] | str) -> str:
    return arguments if isinstance(arguments, str) else json.dumps(arguments)


@contextmanager
def _mock_server(node: str, fixtures: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [node, str(AIMOCK), "-p", "0", "-h", "127.0.0.1", "-f", str(fixtures), "--strict"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # Without this a fixture may answer a turn that it was not written for.
        env={**os.environ, "AIMOCK_STRICT_TURN_INDEX": "1"},
    )
    try:
        yield _address(process)
    finally:
        process.terminate()
        process.communicate(timeout=10)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "listening on " in line:
            return line.rsplit("listening on ", 1)[1].split()[0]
    raise RuntimeError(f"aimock ended: {said}")
