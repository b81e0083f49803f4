import pytest

from reev_agent.adversaries import does_nothing
from reev_runner.execution import ModelOptions, choose_agent, known_agents
from reev_types.errors import UsageError


def test_agents_without_a_model_come_first_and_every_one_says_what_it_needs():
    known = known_agents()
    assert [name for name, _ in known][:3] == ["deterministic", "does_nothing", "refuses"]
    assert {"glm-4.6", "glm-4.6-coding", "local", "openai:<model>", "scripted:<file>"} <= {name for name, _ in known}
    assert all(needs for _, needs in known)


@pytest.mark.parametrize("name", ["deterministic", "does_nothing", "refuses"])
def test_an_agent_without_a_model_is_chosen_and_repeated_by_its_name(name):
    choice = choose_agent(name)
    assert (choice.name, choice.repeat) == (name, ("--agent", name))


def test_an_agent_of_your_own_goes_by_its_name_and_cannot_be_repeated():
    agent = does_nothing()
    choice = choose_agent(agent)
    assert (choice.name, choice.repeat) == (agent.name, ())


def test_a_model_goes_by_the_name_that_its_runs_are_recorded_by(paying):
    choice = choose_agent(paying)
    assert (choice.name, choice.repeat) == ("scripted", ("--agent", paying))


def test_an_unknown_agent_is_answered_with_all_names_and_the_closest():
    with pytest.raises(UsageError) as caught:
        choose_agent("determinstic")
    assert caught.value.code == "unknown_agent"
    assert all(name in caught.value.message for name, _ in known_agents())
    assert caught.value.suggestions == ("--agent deterministic",)


def test_a_name_like_no_other_is_answered_with_the_first():
    with pytest.raises(UsageError) as caught:
        choose_agent("x" * 100)
    assert "x" * 65 not in caught.value.message
    assert caught.value.suggestions == ("--agent deterministic",)


def test_a_missing_key_is_not_an_unknown_agent():
    with pytest.raises(UsageError) as caught:
        choose_agent("glm-4.6", ModelOptions(environment={}))
    assert caught.value.code == "missing_key"
    assert "ZAI_API_KEY" in str(caught.value)
