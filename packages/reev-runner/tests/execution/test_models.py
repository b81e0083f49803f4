import pytest

from reev_runner.execution import ModelOptions, TrialRunner, choose_agent, embedded_sandbox, recorded_agent
from reev_runner.execution._models import model_choice, model_families
from reev_runner.journal import fold
from reev_runner.system import SystemClock
from reev_types.agents import AgentLimits
from reev_types.errors import UsageError
from reev_types.events import ModelExchanged
from reev_types.models import Sampling

SAMPLING = Sampling(temperature=0.5, seed=7)


@pytest.fixture
def run_model(two_payments):
    """Run the two payments with a model and return the events."""

    async def run_model(agent, limits=None, **options):
        from reev_orchestrator import TemplateRenderer

        models = ModelOptions(sampling=SAMPLING, **options)
        runner = TrialRunner(embedded_sandbox, SystemClock(), TemplateRenderer(), limits=limits)
        return await runner.run(two_payments, choose_agent(agent, models), 0)

    return run_model


def test_every_family_says_what_it_needs():
    assert all(name and needs for name, needs in model_families())


def test_a_name_that_is_no_model_is_none_of_its_business():
    assert model_choice("nobody", ModelOptions(environment={})) is None


@pytest.mark.parametrize(
    ("name", "variables", "code"),
    [
        ("glm-4.6-coding", {}, "missing_key"),
        ("openai:gpt-4.1", {}, "missing_key"),
        ("local", {"LOCAL_MODEL_URL": "nonsense"}, "bad_model_url"),
    ],
)
def test_what_a_model_lacks_is_told_before_anything_runs(name, variables, code):
    with pytest.raises(UsageError) as caught:
        model_choice(name, ModelOptions(environment=variables))
    assert caught.value.code == code


async def test_a_model_carries_out_a_benchmark_with_its_words_in_the_journal(run_model, paying):
    events = await run_model(paying)
    result = fold(events)
    assert (result.status, result.agent) == ("passed", "scripted")
    records = [event.record for event in events if isinstance(event, ModelExchanged)]
    assert [(record.step_id, record.turn, record.kind) for record in records[:4]] == [
        ("step_1", 1, "request"),
        ("step_1", 1, "reply"),
        ("step_1", 2, "request"),
        ("step_1", 2, "reply"),
    ]
    assert records[0].sampling == SAMPLING


async def test_a_recording_is_replayed_to_the_same_run_under_the_same_name(run_model, paying, tmp_path):
    tapes = tmp_path / "tapes"
    recorded = await run_model(paying, record=tapes)
    replayed = await run_model("deterministic", replay=tapes)
    assert [path.name for path in tapes.iterdir()] == ["900-two-payments.jsonl"]
    assert fold(recorded).run_hash == fold(replayed).run_hash
    assert (fold(replayed).agent, recorded_agent(tapes)) == ("scripted", "scripted")


async def test_a_second_recording_is_an_error_that_spares_the_first(run_model, paying, tmp_path):
    await run_model(paying, record=tmp_path)
    before = (tmp_path / "900-two-payments.jsonl").read_bytes()
    result = fold(await run_model(paying, record=tmp_path))
    assert result.status == "error"
    assert "[cassette_exists]" in (result.flow.error_message or "")
    assert (tmp_path / "900-two-payments.jsonl").read_bytes() == before


async def test_a_benchmark_without_its_cassette_is_an_error(run_model, paying, tmp_path):
    await run_model(paying, record=tmp_path)
    (tmp_path / "900-two-payments.jsonl").rename(tmp_path / "other.jsonl")
    result = fold(await run_model("deterministic", replay=tmp_path))
    assert (result.status, "[no_cassette]" in (result.flow.error_message or "")) == ("error", True)


@pytest.mark.parametrize("folder", ["missing", "empty"])
def test_a_folder_without_cassettes_is_refused(tmp_path, folder):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError) as caught:
        choose_agent("deterministic", ModelOptions(replay=tmp_path / folder))
    assert (caught.value.code, str(caught.value.place)) == ("no_cassette", str(tmp_path / folder))


async def test_a_model_out_of_reach_is_an_error_of_the_run(run_model):
    environment = {"ZAI_API_KEY": "key", "REEV_OFFLINE": "1"}
    result = fold(await run_model("glm-4.6", environment=environment))
    assert (result.status, "[network_denied]" in (result.flow.error_message or "")) == ("error", True)
    assert "key" not in (result.flow.error_message or "")


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (AgentLimits(max_turns=1), "limit_turns"),
        (AgentLimits(max_tokens=1), "limit_tokens"),
        (AgentLimits(max_tool_calls=1), "limit_tool_calls"),
    ],
)
async def test_the_limits_of_a_run_hold_in_every_step(run_model, tmp_path, limits, reason):
    script = tmp_path / "endless.json"
    script.write_text('{"step_1": [' + ",".join(['{"tool_calls": [{"name": "get_account_balance"}]}'] * 9) + "]}")
    result = fold(await run_model(f"scripted:{script}", limits=limits))
    assert result.flow.step_results[0].reason == reason


@pytest.fixture
def tapes(run_model, paying, tmp_path):
    """Return a folder with the cassette of ``scripted`` for the two payments, and a copy as another benchmark's."""

    async def tapes(other="scripted"):
        folder = tmp_path / "tapes"
        await run_model(paying, record=folder)
        text = (folder / "900-two-payments.jsonl").read_text()
        assert '"scripted"' in text
        (folder / "901.jsonl").write_text(text.replace('"scripted"', f'"{other}"', 1))
        return folder

    return tapes


async def test_cassettes_of_one_agent_are_replayed_for_the_benchmarks_that_they_are_of(tapes):
    choice = choose_agent("deterministic", ModelOptions(replay=await tapes()))
    choice.check("901")
    with pytest.raises(UsageError) as caught:
        choice.check("902")
    assert caught.value.code == "no_cassette"


async def test_cassettes_of_several_agents_are_not_replayed(tapes):
    folder = await tapes("glm-4.6")
    with pytest.raises(UsageError) as caught:
        choose_agent("deterministic", ModelOptions(replay=folder))
    assert (caught.value.code, str(caught.value.place)) == ("mixed_cassettes", str(folder))
    assert "glm-4.6, scripted" in caught.value.message


async def test_nothing_is_recorded_beside_the_cassettes_of_another_agent(tapes):
    options = ModelOptions(record=await tapes(), environment={"LOCAL_MODEL_URL": "http://127.0.0.1:1/v1"})
    with pytest.raises(UsageError) as caught:
        choose_agent("local", options)
    assert caught.value.code == "mixed_cassettes"


async def test_a_cassette_in_the_way_of_a_recording_is_found_beforehand(tapes, paying):
    choice = choose_agent(paying, ModelOptions(record=await tapes()))
    choice.check("902")
    with pytest.raises(UsageError) as caught:
        choice.check("901")
    assert caught.value.code == "cassette_exists"


@pytest.mark.parametrize("content", [None, "{"])
def test_a_script_that_cannot_be_read_is_refused_when_it_is_chosen(tmp_path, content):
    path = tmp_path / "script.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(UsageError) as caught:
        choose_agent(f"scripted:{path}")
    assert caught.value.code == "bad_script"
