from __future__ import annotations

import asyncio
import contextlib
import json
import os
import pwd
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from reev_api.http import Services, serving
from reev_api.settings import ServerSettings

SWAP = {"prompt": "swap 0.1 SOL to USDC", "wallet": "demo:balanced"}
_PATIENCE_S = 30


@dataclass
class Running:
    """A server in a thread of its own, and a client of it."""

    url: str
    services: Services
    loop: asyncio.AbstractEventLoop
    client: httpx.Client
    headers: dict[str, str] = field(default_factory=dict)

    def start(self, route: str = "benchmarks/execute-direct", body: dict | None = None, **headers: str) -> str:
        answer = self.client.post(f"/{route}", json=SWAP if body is None else body, headers=headers)
        assert answer.status_code == 202, answer.text
        return answer.json()["session_id"]

    def events(self, session_id: str, **query: object) -> list[dict]:
        """Everything that the stream says, until it ends."""
        with self.client.stream("GET", f"/sessions/{session_id}/events", params=query) as stream:
            assert stream.status_code == 200, stream.read()
            return [json.loads(line[6:]) for line in stream.iter_lines() if line.startswith("data: ")]

    def ended(self, session_id: str) -> dict:
        """The session, once its stream has ended."""
        self.client.get(f"/sessions/{session_id}/events", params={"start": 10_000})
        return self.client.get(f"/sessions/{session_id}").json()

    def until(self, session_id: str, event: str) -> list[dict]:
        """The events up to the first of a type."""
        seen = []
        with self.client.stream("GET", f"/sessions/{session_id}/events") as stream:
            for line in stream.iter_lines():
                if line.startswith("data: "):
                    seen.append(json.loads(line[6:]))
                    if seen[-1]["type"] == event:
                        return seen
        raise AssertionError(f"no {event}: {[each['type'] for each in seen]}")


@contextlib.contextmanager
def _running(settings: ServerSettings) -> Iterator[Running]:
    begun: dict[str, object] = {}
    ready, stop = threading.Event(), asyncio.Event()

    async def serve() -> None:
        async with serving(settings) as server:
            begun.update(url=server.url, services=server.services, loop=asyncio.get_running_loop())
            ready.set()
            await stop.wait()

    def work() -> None:
        try:
            asyncio.run(serve())
        except Exception as error:
            begun["error"] = error
            raise
        finally:
            ready.set()

    thread = threading.Thread(target=work)
    thread.start()
    assert ready.wait(_PATIENCE_S)
    assert "error" not in begun, begun
    with httpx.Client(base_url=f"{begun['url']}/api/v1", timeout=_PATIENCE_S) as client:
        yield Running(client=client, **begun)  # type: ignore[arg-type]
    begun["loop"].call_soon_threadsafe(stop.set)  # type: ignore[attr-defined]
    thread.join(_PATIENCE_S)
    assert not thread.is_alive()


@dataclass
class SlowAgent:
    """An agent behind an address that thinks until ``answer`` is set."""

    name: str
    asked: threading.Semaphore
    answer: threading.Event


@contextlib.contextmanager
def _slow_agent() -> Iterator[SlowAgent]:
    asked, answer = threading.Semaphore(0), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            asked.release()
            answer.wait(_PATIENCE_S)
            body = json.dumps({"result": {"text": []}, "transactions": [], "summary": "nothing to do"}).encode()
            with contextlib.suppress(OSError):
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        port = listening.server_address[1]
        try:
            yield SlowAgent(f"gen-tx:http://127.0.0.1:{port}/gen/tx", asked, answer)
        finally:
            answer.set()
            listening.shutdown()
            thread.join()


@pytest.fixture
def slow_agent() -> Iterator[SlowAgent]:
    """An agent of the test's own, for a server of the test's own."""
    with _slow_agent() as agent:
        yield agent


@pytest.fixture(scope="session")
def make_slow_agent() -> Callable[[], contextlib.AbstractContextManager[SlowAgent]]:
    return _slow_agent


@pytest.fixture(scope="session")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, SlowAgent]]:
    """A server that tests share, and an agent on it that never answers."""
    with _slow_agent() as agent:
        folder = tmp_path_factory.mktemp("patient")
        settings = ServerSettings(port=0, data=folder, auth=False, agents=(agent.name,), heartbeat_s=0.05, grace_s=0)
        with _running(settings) as running:
            yield running, agent


@pytest.fixture(scope="session")
def make_server() -> Callable[..., contextlib.AbstractContextManager[Running]]:
    """Starts a server with these settings and no others."""
    return lambda **settings: _running(ServerSettings.model_validate(settings))


@pytest.fixture
def run_server(tmp_path: Path) -> Callable[..., contextlib.AbstractContextManager[Running]]:
    """Starts a server with settings of the test's own."""

    def run(**settings: object) -> contextlib.AbstractContextManager[Running]:
        return _running(ServerSettings.model_validate({"port": 0, "data": tmp_path, "auth": False, **settings}))

    return run


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server without tokens that tests share."""
    settings = ServerSettings(port=0, data=tmp_path_factory.mktemp("server"), auth=False)
    with _running(settings) as running:
        yield running


@pytest.fixture
def swap() -> dict[str, str]:
    return dict(SWAP)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL cluster of the suite's own, on a free port of this machine."""
    initdb, postgres = _program("initdb"), _program("postgres")
    if initdb is None or postgres is None:
        pytest.skip("no PostgreSQL is installed: initdb and postgres are not found")
    folder = Path("/tmp") / f"reev-postgres-{os.getpid()}"
    folder.mkdir(mode=0o700)
    identity = _other_user(folder)
    try:
        data = folder / "data"
        subprocess.run(
            [initdb, "-D", data, "-U", "reev", "--auth=trust", "-E", "UTF8", "--no-sync"],
            check=True,
            capture_output=True,
            cwd="/",
            **identity,
        )
        port = _free_port()
        options = ["-c", f"port={port}", "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
        with subprocess.Popen(
            [postgres, "-D", data, *options, "-c", "fsync=off"],
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **identity,
        ) as process:
            try:
                url = f"postgresql://reev@127.0.0.1:{port}/postgres"
                _wait_for(url)
                yield url
            finally:
                process.terminate()
    finally:
        shutil.rmtree(folder)


def _program(name: str) -> str | None:
    found = shutil.which(name)
    others = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return found or (str(others[-1]) if others else None)


def _other_user(folder: Path) -> dict[str, int]:
    """PostgreSQL does not run as root."""
    if os.getuid() != 0:
        return {}
    user = pwd.getpwnam("nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url: str) -> None:
    psycopg = pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed")
    ticking = threading.Event()
    for _ in range(200):
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(url):
            return
        ticking.wait(0.05)
    raise AssertionError("PostgreSQL did not start")
