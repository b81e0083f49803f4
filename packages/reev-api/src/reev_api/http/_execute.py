"""Starting flows: 202 with ids and links at once, everything else in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response

from reev_api._model import ApiModel
from reev_api.storage import NewSession
from reev_api.workers import BenchmarkOrder, FlowOrder, Order

from ._access import Executor
from ._errors import documented
from ._requests import BenchmarkRequest, FlowRequest, RecoveryFlowRequest, benchmark_of, fingerprint
from ._services import Served, Services
from ._texts import BenchmarkId
from ._views import Started, links_of, started_view

__all__ = ["router"]

router = APIRouter(tags=["execution"])

_ANSWERS = documented(400, 401, 403, 409, 413, 422, 429, 503)


IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern="^[!-~]+$",
        description="Requests of one caller with the same key are carried out once.",
    ),
]


@dataclass(frozen=True, slots=True)
class _Desk:
    """Accepts sessions: what every route that starts one has in common."""

    path: str
    response: Response
    owner: str
    services: Services
    key: str | None

    @property
    def agents(self) -> tuple[str, ...]:
        """The agents that were allowed by name."""
        return self.services.settings.agents

    async def started(self, kind: str, asked: ApiModel, order: Order) -> Started:
        """Accept a session and return what the client is told; raises ProblemError and StorageError."""
        new = NewSession(
            session_id=self.services.ids.session_id(),
            kind=kind,
            agent=order.terms.agent,
            prompt=order.prompt if isinstance(order, FlowOrder) else None,
            wallet=order.wallet if isinstance(order, FlowOrder) else None,
            benchmark_id=order.benchmark_id if isinstance(order, BenchmarkOrder) else None,
            flow_id=order.benchmark_id if isinstance(order, BenchmarkOrder) else None,
            order=order.model_dump_json(),
            owner=self.owner,
            idempotency_key=self.key,
            fingerprint=None if self.key is None else fingerprint(self.path, asked),
        )
        accepted = await self.services.executions.accept(new, order)
        self.response.headers["Location"] = links_of(accepted.session.session_id).session
        if not accepted.is_new:
            self.response.headers["Idempotency-Replayed"] = "true"
        return started_view(accepted.session)


# Not a class's constructor: the framework would run it in a thread.
async def _desk(
    request: Request, response: Response, caller: Executor, services: Served, key: IdempotencyKey = None
) -> _Desk:
    return _Desk(request.url.path, response, caller.token_id, services, key)


Desk = Annotated[_Desk, Depends(_desk)]


@router.post("/benchmarks/execute-direct", status_code=202, responses=_ANSWERS)
async def execute_direct(asked: FlowRequest, desk: Desk) -> Started:
    """Plan a sentence and carry it out in memory."""
    return await desk.started("direct", asked, asked.order("direct", desk.agents))


@router.post("/benchmarks/execute-dynamic", status_code=202, responses=_ANSWERS)
async def execute_dynamic(asked: FlowRequest, desk: Desk) -> Started:
    """Plan a sentence and carry it out by way of a YAML file, which is read back as any benchmark is."""
    return await desk.started("dynamic", asked, asked.order("bridge", desk.agents))


@router.post("/benchmarks/execute-recovery", status_code=202, responses=_ANSWERS)
async def execute_recovery(asked: RecoveryFlowRequest, desk: Desk) -> Started:
    """Plan a sentence and carry it out with recovery: it goes on after a restart of the server too."""
    return await desk.started("recovery", asked, asked.order("direct", desk.agents))


@router.post("/benchmarks/{benchmark_id}/run", status_code=202, responses=_ANSWERS | documented(404))
async def run_benchmark(benchmark_id: BenchmarkId, asked: BenchmarkRequest, desk: Desk) -> Started:
    """Run a built-in benchmark, by its id or its unique number."""
    return await desk.started("static", asked, asked.order(benchmark_of(benchmark_id), desk.agents))
