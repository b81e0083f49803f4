import pytest

from reev_runner.files import check_generated, generated_text, is_temporary, load_file
from reev_types.errors import BenchmarkError

BODY = "id: x\nprompt: y\nz: 1\n"


def refusal(text):
    with pytest.raises(BenchmarkError) as caught:
        check_generated(text, "g.yml")
    return caught.value.code, str(caught.value.place)


@pytest.mark.parametrize("text", [generated_text(BODY, "kept"), generated_text(BODY, "temporary"), BODY, "", "# reev"])
def test_a_file_as_it_was_generated_passes_and_so_does_any_other(text):
    check_generated(text, "g.yml")


def test_an_edited_file_is_refused_at_the_line_that_vouches_for_it():
    assert refusal(generated_text(BODY, "kept").replace("prompt: y", "prompt: z")) == ("generated_edited", "g.yml:1:1")


def test_a_line_too_many_is_an_edit():
    assert refusal(generated_text(BODY, "kept") + "more: 1\n")[0] == "generated_edited"


def test_a_file_that_breaks_off_is_refused_there():
    text = generated_text(BODY, "kept").removesuffix("z: 1\n")
    assert refusal(text) == ("generated_truncated", "g.yml:3:1")


def test_a_line_that_was_tampered_with_vouches_for_nothing():
    assert refusal(generated_text(BODY, "kept").replace("sha256:", "sha256:0", 1))[0] == "generated_edited"


def test_only_a_temporary_file_says_so():
    texts = (generated_text(BODY, "temporary"), generated_text(BODY, "kept"), BODY)
    assert [is_temporary(text) for text in texts] == [True, False, False]


def test_the_ordinary_loader_checks(write, tmp_path):
    path = tmp_path / "g.yml"
    path.write_text(generated_text(write(), "kept"))
    assert load_file(path).file.id == "x-1"
    path.write_text(path.read_text().replace("lamports: 1000", "lamports: 9000"))
    with pytest.raises(BenchmarkError) as caught:
        load_file(path)
    assert "take its first line away" in caught.value.suggestions[0]
