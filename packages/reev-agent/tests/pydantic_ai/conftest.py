import pytest

from reev_agent.testing import SteppedClock


@pytest.fixture
def spoken():
    """Our model over a function of what pydantic-ai would send; both the model and what was sent are returned."""

    from pydantic_ai.models.function import FunctionModel

    from reev_agent.pydantic_ai import PydanticAiModel

    def spoken(*answers, clock=None, secrets=()):
        asked = []

        def answer(messages, info):
            asked.append((messages, info))
            due = answers[min(len(asked), len(answers)) - 1]
            if isinstance(due, Exception):
                raise due
            return due

        model = FunctionModel(answer, model_name="double")
        return PydanticAiModel(model, clock or SteppedClock(), secrets=secrets), asked

    return spoken
