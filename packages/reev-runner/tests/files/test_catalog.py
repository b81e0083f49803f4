from collections.abc import Callable
from pathlib import Path

import pytest

from reev_runner.files import BUILT_IN, find_benchmarks
from reev_types.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path, write: Callable[..., str]) -> Path:
    for name, tags in (("b", "[slow]"), ("a", "[slow, dear]"), ("c", "[]")):
        text = write(top=f"tags: {tags}").replace("id: x-1", f"id: {name}-1")
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    (tmp_path / "c.yml").rename(tmp_path / "c.yaml")
    (tmp_path / "notes.txt").write_text("no benchmark", encoding="utf-8")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "d.yml").write_text(write(), encoding="utf-8")
    return tmp_path


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def refusal(*selectors: str | Path, tags: tuple[str, ...] = ()) -> UsageError:
    with pytest.raises(UsageError) as caught:
        find_benchmarks(selectors, tags)
    return caught.value


def test_without_selectors_all_built_in_benchmarks_are_meant():
    assert find_benchmarks([]) == sorted(BUILT_IN.glob("*.yml"))
    assert names(find_benchmarks([]))[0] == "001-sol-transfer.yml"


def test_a_folder_means_its_files_in_order_without_subfolders(folder: Path):
    assert names(find_benchmarks([folder])) == ["a.yml", "b.yml", "c.yaml"]


def test_selectors_keep_their_order_and_each_file_comes_once(folder: Path):
    selectors = [folder / "c.yaml", str(folder / "a.yml"), folder, folder / "deeper" / ".." / "a.yml"]
    assert names(find_benchmarks(selectors)) == ["c.yaml", "a.yml", "b.yml"]


def test_a_link_and_its_target_are_one_file(folder: Path):
    (folder / "link.yml").symlink_to(folder / "a.yml")
    assert names(find_benchmarks([folder / "link.yml", folder / "a.yml"])) == ["link.yml"]


@pytest.mark.parametrize("selector", ["001-sol-transfer", "001"])
def test_a_built_in_benchmark_is_found_by_id_or_number_from_anywhere(
    selector: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    assert find_benchmarks([selector]) == [BUILT_IN / "001-sol-transfer.yml"]


def test_the_file_name_of_a_built_in_benchmark_is_no_id():
    assert refusal("001-sol-transfer.yml").code == "no_such_file"


def test_an_existing_file_goes_before_an_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[..., str]):
    monkeypatch.chdir(tmp_path)
    Path("001").write_text(write(), encoding="utf-8")
    assert find_benchmarks(["001"]) == [Path("001")]


def test_tags_choose_and_files_that_cannot_be_read_stay(folder: Path):
    assert names(find_benchmarks([folder], ["dear"])) == ["a.yml"]
    assert names(find_benchmarks([folder], ["dear", "slow"])) == ["a.yml", "b.yml"]
    (folder / "broken.yml").write_text("[", encoding="utf-8")
    assert names(find_benchmarks([folder], ["dear"])) == ["a.yml", "broken.yml"]


def test_a_tag_that_nothing_has_is_a_mistake(folder: Path):
    assert refusal(folder, tags=("cheap", "new")).message == "no benchmark has the tag cheap or new"


def test_an_unknown_id_gets_suggestions():
    error = refusal("001-sol-transfr")
    assert error.code == "unknown_benchmark"
    assert error.suggestions[0] == "did you mean 001-sol-transfer?"
    assert refusal("zzz").suggestions[0].startswith("built in: 001-sol-transfer, ")


def test_a_missing_file_gets_suggestions_from_its_folder(folder: Path):
    error = refusal(folder / "aa.yml")
    assert error.code == "no_such_file"
    assert f"did you mean {folder / 'a.yml'}?" in error.suggestions
    assert refusal("no/where.yml").suggestions == ()


def test_a_number_of_several_benchmarks_is_ambiguous(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[..., str]
):
    for name in ("007-a", "007-b"):
        (tmp_path / f"{name}.yml").write_text(write(), encoding="utf-8")
    monkeypatch.setattr("reev_runner.files._catalog.BUILT_IN", tmp_path)
    error = refusal("007")
    assert (error.code, error.message) == ("ambiguous_benchmark", "007 can be 007-a or 007-b")


def test_two_files_with_one_id_are_named(folder: Path, write: Callable[..., str]):
    (folder / "copy.yml").write_text((folder / "a.yml").read_text("utf-8"), encoding="utf-8")
    error = refusal(folder)
    assert error.code == "duplicate_id"
    assert error.message == f"{folder / 'a.yml'} and {folder / 'copy.yml'} both have the id a-1"


def test_a_folder_without_benchmarks_is_a_mistake(tmp_path: Path):
    assert refusal(tmp_path).code == "no_benchmarks"


def test_a_name_that_no_file_system_takes_is_a_mistake():
    assert refusal("x" * 5000).code == "unreadable_path"
    assert refusal("a\0b").code == "unknown_benchmark"
