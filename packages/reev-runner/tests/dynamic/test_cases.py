import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reev_runner.dynamic import _cases
from reev_runner.dynamic._cases import bridged_case, direct_case
from reev_runner.journal import fold
from reev_runner.lint import Prober, lint_file
from reev_types.errors import BenchmarkError, StorageError

TWO_STEPS = "swap 0.1 SOL to USDC then lend it"
SENTENCES = (
    "swap 0.1 SOL to USDC",
    TWO_STEPS,
    "buy 50 USDC with SOL",
    "swap $20 worth of SOL to JUP",
    "send a third of my USDC to 9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde",
    "lend half of my USDC",
    "show my balances",
)


def names(folder):
    return [path.name for path in folder.iterdir()]


@pytest.fixture
def said(document):
    """The document of two steps, made outside of any event loop."""
    return document(TWO_STEPS)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_by_way_of_a_file_and_at_once_a_plan_is_the_same_case(document, tmp_path, sentence):
    said = document(sentence)
    with bridged_case(said, tmp_path, "s") as bridged:
        assert bridged.case == direct_case(said)


async def test_both_ways_have_equal_scores_chains_and_hashes(said, tmp_path, run_trial):
    with bridged_case(said, tmp_path, "s") as bridged:
        one, other = await run_trial(direct_case(said)), await run_trial(bridged.case)
    assert one == other
    assert fold(one).status == "passed"
    assert fold(one).run_hash == fold(other).run_hash


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\ufffe\uffff"), min_size=1))
def test_whatever_somebody_typed_comes_back_from_the_file(document, tmp_path, prompt):
    said = document("swap 0.1 SOL to USDC") | {"prompt": prompt}
    with bridged_case(said, tmp_path, "s") as bridged:
        assert bridged.case == direct_case(said)


def test_the_file_is_private_and_in_the_ordinary_format(document, tmp_path):
    with bridged_case(document(TWO_STEPS), tmp_path, "20261122-120000-1f2e") as bridged:
        assert bridged.path == tmp_path / "dynamic-20261122-120000-1f2e.yml"
        assert stat.S_IMODE(bridged.path.stat().st_mode) == 0o600
        assert names(tmp_path) == [bridged.path.name]
        assert not [found for found in lint_file(bridged.path, probe=Prober()) if found.severity != "info"]


def test_the_file_is_gone_when_the_run_is_over(document, tmp_path):
    with bridged_case(document(TWO_STEPS), tmp_path, "s"):
        pass
    assert names(tmp_path) == []


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_the_file_is_gone_when_the_run_fails(document, tmp_path, error):
    with pytest.raises(error), bridged_case(document(TWO_STEPS), tmp_path, "s"):
        raise error
    assert names(tmp_path) == []


def test_a_file_to_keep_stays_and_runs_again(document, tmp_path, sandbox):
    with bridged_case(document(TWO_STEPS), tmp_path, "s", keep=True) as bridged:
        pass
    assert _cases.load_file(bridged.path).file.prompt == TWO_STEPS


def test_a_folder_that_cannot_be_written_to_is_said(document, tmp_path):
    with pytest.raises(StorageError) as caught, bridged_case(document(TWO_STEPS), tmp_path / "missing", "s"):
        pass
    assert caught.value.code == "cannot_write_flow"
    assert "--direct" in caught.value.suggestions[-1]


def test_a_file_of_that_name_is_left_alone(document, tmp_path):
    (tmp_path / "dynamic-s.yml").write_text("mine")
    with pytest.raises(StorageError, match="File exists"), bridged_case(document(TWO_STEPS), tmp_path, "s"):
        pass
    assert (tmp_path / "dynamic-s.yml").read_text() == "mine"
    assert names(tmp_path) == ["dynamic-s.yml"]


def meddled(monkeypatch, change):
    """Let ``change`` happen to the file between writing and reading."""
    real = _cases.sweep

    def sweep(folder, now_s):
        (path,) = folder.glob("dynamic-*.yml")
        change(path)
        return real(folder, now_s)

    monkeypatch.setattr(_cases, "sweep", sweep)


def refusal(document, tmp_path):
    with pytest.raises(BenchmarkError) as caught, bridged_case(document(TWO_STEPS), tmp_path, "s"):
        pass
    return caught.value.code, caught.value.place.line


def test_an_edited_file_is_refused(monkeypatch, document, tmp_path):
    meddled(monkeypatch, lambda path: path.write_text(path.read_text().replace("raw: 100000000", "raw: 900000000")))
    assert refusal(document, tmp_path) == ("generated_edited", 1)


def test_a_file_that_breaks_off_is_refused_where_it_does(monkeypatch, document, tmp_path):
    meddled(monkeypatch, lambda path: path.write_text("".join(path.read_text().splitlines(keepends=True)[:30])))
    assert refusal(document, tmp_path) == ("generated_truncated", 30)


def test_another_benchmark_in_its_place_is_refused_at_its_first_other_line(monkeypatch, document, tmp_path):
    meddled(monkeypatch, lambda path: path.write_text("\n".join(path.read_text().splitlines()[1:])))
    assert refusal(document, tmp_path) == ("generated_foreign", 1)


def test_a_link_in_its_place_is_refused(monkeypatch, document, tmp_path):
    def put_link(path):
        path.rename(tmp_path / "moved")
        path.symlink_to(tmp_path / "moved")

    meddled(monkeypatch, put_link)
    assert refusal(document, tmp_path) == ("generated_foreign", 0)
