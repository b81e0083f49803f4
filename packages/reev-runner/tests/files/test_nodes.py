from reev_runner.files._nodes import Places, dotted
from reev_runner.files._yaml import parse_yaml

TEXT = """\
a:
  - b: 1
    c: 2
  - x
"""


def places() -> Places:
    return Places("b.yml", parse_yaml(TEXT, "b.yml"))


def test_a_value_is_found_by_its_location():
    assert str(places().at("a", 0, "c")) == "b.yml:3:8"
    assert str(places().at("a", 1)) == "b.yml:4:5"


def test_what_is_missing_is_where_it_would_belong():
    assert str(places().at("a", 0, "d")) == "b.yml:2:5"
    assert str(places().at("a", 7)) == "b.yml:2:3"
    assert str(places().at("a", "SomeTag", 0, "c")) == "b.yml:3:8"


def test_a_key_is_found_apart_from_its_value():
    assert str(places().of_key("a", "SomeTag", 0, "c")) == "b.yml:3:5"
    assert str(places().of_key("a", 1)) == "b.yml:4:5"


def test_tags_are_taken_out_of_a_location():
    assert places().known(("a", 0, "SomeTag", "c"), is_missing=False) == ("a", 0, "c")
    assert places().known(("a", 0, "c", "bool"), is_missing=False) == ("a", 0, "c")


def test_a_missing_key_stays_in_a_location():
    assert places().known(("a", 0, "SomeTag", "d"), is_missing=True) == ("a", 0, "d")


def test_the_keys_of_a_mapping_are_listed():
    assert places().keys(("a", 0)) == ("b", "c")
    assert places().keys(("a",)) == ()
    assert places().keys(("nowhere", "at all")) == ()


def test_a_location_is_written_with_dots():
    assert dotted(("a", 0, "b")) == "a.0.b"
