"""The switch: no model beyond this machine is asked, or even looked up, where it is off."""

from __future__ import annotations

import pytest

from reev_agent.testing import SteppedClock

REAL = ("glm-4.6", "glm-4.6-coding", "openai:gpt-4.1", "gpt-5-mini", "https://models.example/v1#some-model")
KEYS = {"ZAI_API_KEY": "sk-not-a-key-at-all", "OPENAI_API_KEY": "sk-not-a-key-at-all"}
ELSEWHERE = {
    "ZAI_API_URL": "https://api.z.ai/api/paas/v4",
    "ZAI_CODING_API_URL": "https://api.z.ai/api/coding/paas/v4",
    "OPENAI_BASE_URL": "https://api.openai.com/v1",
}
OFF = [{"PYTEST_VERSION": "9.2.0"}, {"REEV_OFFLINE": "1"}, {"REEV_OFFLINE": "yes", "PYTEST_VERSION": "9.2.0"}]


@pytest.mark.parametrize("switch", OFF, ids=lambda switch: "+".join(switch))
@pytest.mark.parametrize("agent", REAL)
def test_a_real_call_is_stopped_before_any_socket_opens(run, attempts_to_connect, agent, switch):
    (trial,) = run(["001"], agent, "", environment=KEYS | ELSEWHERE | switch)
    assert trial.result.status == "error"
    assert "[network_denied]" in trial.result.flow.error_message
    assert attempts_to_connect == []


@pytest.mark.parametrize("agent", REAL)
def test_without_the_switch_the_call_would_have_been_made(run, attempts_to_connect, agent):
    (trial,) = run(["001"], agent, "", environment=KEYS | ELSEWHERE, clock=SteppedClock())
    assert trial.result.status == "error"
    assert "[model_unreachable]" in trial.result.flow.error_message
    assert attempts_to_connect


def test_the_command_line_is_stopped_under_pytest_by_itself(command_line, attempts_to_connect):
    result = command_line("001", "--agent", "glm-4.6", root="http://127.0.0.1:1", **ELSEWHERE)
    assert result.exit_code == 3
    assert "network_denied" in result.output
    assert attempts_to_connect == []


@pytest.mark.parametrize("host", ["127.0.0.1.example", "localhost.example", "2130706433", "0.0.0.0", "user@127.0.0.1"])
def test_what_only_looks_like_this_machine_is_not_this_machine(command_line, attempts_to_connect, host):
    result = command_line("001", "--agent", "local", root="", LOCAL_MODEL_URL=f"http://{host}:1/v1")
    assert result.exit_code in (2, 3)
    assert attempts_to_connect == []
