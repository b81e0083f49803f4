"""A model of pydantic-ai behind our interface."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Any

from reev_agent.models import AssistantMessage, ChatReply, ChatRequest, Fault, NetworkPolicy, RetryPolicy, Secret
from reev_types.times import Clock

from ._infer import check_reach

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelResponse
    from pydantic_ai.models import Model

__all__ = ["PydanticAiModel"]


class PydanticAiModel:
    """``model``, asked once at a time; our ``retries`` take the place of those of the provider's client.

    ``secrets`` are removed from whatever comes back. As an async context manager it keeps its connections between
    exchanges.
    """

    def __init__(
        self,
        model: Model,
        clock: Clock,
        policy: NetworkPolicy = NetworkPolicy.LOOPBACK_ONLY,
        retries: RetryPolicy = RetryPolicy(),  # noqa: B008 - frozen
        secrets: tuple[Secret, ...] = (),
    ) -> None:
        check_reach(model, policy)
        self._inner = model
        self._clock = clock
        self._policy = policy
        self._retries = retries
        self._secrets = secrets
        self._said: dict[AssistantMessage, ModelResponse] = {}

    @property
    def provider(self) -> str:
        """Who serves the model."""
        return str(self._inner.system)

    @property
    def model(self) -> str:
        """The model's id at the provider."""
        return str(self._inner.model_name)

    async def __aenter__(self) -> PydanticAiModel:
        await self._inner.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._inner.__aexit__(kind, error, trace)

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Return the model's reply, asking again where that can help. Raises ModelError."""
        from ._messages import chat_reply

        check_reach(self._inner, self._policy)
        attempt = 1
        while True:
            result = await self._ask(request)
            if not isinstance(result, Fault):
                reply = chat_reply(result, attempt, self._secrets)
                self._said[reply.message] = result
                return reply
            if not result.may_pass or attempt > self._retries.retries:
                result.error.context["attempts"] = attempt
                raise result.error
            await self._clock.sleep(self._retries.wait_s(attempt, result.asked_wait_s))
            attempt += 1

    async def _ask(self, request: ChatRequest) -> ModelResponse | Fault:
        from pydantic_ai.direct import model_request
        from pydantic_ai.exceptions import AgentRunError, UserError

        from ._faults import fault_of
        from ._messages import model_messages, parameters, settings

        ignored: frozenset[Any] = self._inner.unsupported_settings
        try:
            return await model_request(
                self._inner,
                model_messages(request, self._said),
                model_settings=settings(request.sampling, ignored),
                model_request_parameters=parameters(request),
                instrument=False,
            )
        except (AgentRunError, UserError) as error:
            return fault_of(error, self._secrets)
