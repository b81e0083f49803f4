import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reev_runner.files import BUILT_IN, LoadedBenchmark, find_benchmarks, load_benchmarks
from reev_types.errors import FilePlace, UsageError, UserError


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


def refusals(*selectors: str | Path, tags: tuple[str, ...] = ()) -> dict[str, UserError]:
    found = load_benchmarks(selectors, tags)
    return {path.name: content for path, content in found if isinstance(content, UserError)}


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


def test_of_two_files_with_one_id_the_later_is_refused_and_names_the_first(folder: Path):
    (folder / "copy.yml").write_text((folder / "a.yml").read_text("utf-8"), encoding="utf-8")
    errors = refusals(folder)
    assert list(errors) == ["copy.yml"]
    error = errors["copy.yml"]
    assert (error.code, error.place) == ("duplicate_id", FilePlace(str(folder / "copy.yml"), 1, 5))
    assert error.message == f"id: a-1 is the id of {folder / 'a.yml'} already"


def test_files_with_one_id_are_found_both(folder: Path):
    (folder / "copy.yml").write_text((folder / "a.yml").read_text("utf-8"), encoding="utf-8")
    assert names(find_benchmarks([folder])) == ["a.yml", "b.yml", "c.yaml", "copy.yml"]


def test_an_id_is_free_for_a_file_whose_namesake_is_not_chosen(folder: Path, write: Callable[..., str]):
    (folder / "again.yml").write_text(write(top="tags: [new]").replace("id: x-1", "id: a-1"), encoding="utf-8")
    assert refusals(folder, tags=("dear", "slow")) == {}


def test_a_wrong_selector_among_right_ones_is_told_and_stops_nobody(folder: Path):
    selectors = ["001-sol-transfr", folder / "a.yml", folder / "none.yml"]
    assert names(find_benchmarks(selectors)) == ["001-sol-transfr", "a.yml", "none.yml"]
    errors = refusals(*selectors)
    assert {name: error.code for name, error in errors.items()} == {
        "001-sol-transfr": "unknown_benchmark",
        "none.yml": "no_such_file",
    }
    assert errors["001-sol-transfr"].suggestions[0] == "did you mean 001-sol-transfer?"


def test_when_every_selector_is_wrong_nothing_can_be_run(folder: Path):
    assert refusal("zzz", folder / "none.yml").code == "unknown_benchmark"


def test_a_file_that_cannot_be_read_is_told_beside_what_the_others_hold(folder: Path):
    (folder / "broken.yml").write_text("[", encoding="utf-8")
    assert list(refusals(folder)) == ["broken.yml"]
    held = [content.file.id for _, content in load_benchmarks([folder]) if isinstance(content, LoadedBenchmark)]
    assert held == ["a-1", "b-1", "c-1"]


def test_links_that_form_a_loop_are_one_bad_file(folder: Path):
    (folder / "loop.yml").symlink_to(folder / "pool.yml")
    (folder / "pool.yml").symlink_to(folder / "loop.yml")
    assert {name: error.code for name, error in refusals(folder).items()} == {
        "loop.yml": "unreadable_file",
        "pool.yml": "unreadable_file",
    }


def test_a_file_whose_name_is_no_text_is_a_bad_file(folder: Path):
    (folder / os.fsdecode(b"caf\xe9.yml")).write_text("id: x", encoding="utf-8")
    assert [error.code for error in refusals(folder).values()] == ["unreadable_file"]


def test_without_tags_no_file_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("reev_runner.files._catalog.load_file", None)
    assert names(find_benchmarks([folder])) == ["a.yml", "b.yml", "c.yaml"]


def test_a_folder_without_benchmarks_is_a_mistake(tmp_path: Path):
    assert refusal(tmp_path).code == "no_benchmarks"


def test_a_name_that_no_file_system_takes_is_a_mistake():
    assert refusal("x" * 5000).code == "unreadable_path"
    assert refusal("a\0b").code == "unreadable_path"
    assert refusal("a\0b/c.yml").code == "unreadable_path"
    assert refusal(os.fsdecode(b"caf\xe9.yml")).code == "unreadable_path"
