from reev_tools.chain._digest import Digest


def test_the_same_parts_give_the_same_hash() -> None:
    assert Digest("d").add(b"a", b"b").hexdigest() == Digest("d").add(b"a").add(b"b").hexdigest()


def test_parts_do_not_run_into_one_another() -> None:
    assert Digest("d").add(b"ab", b"c").digest() != Digest("d").add(b"a", b"bc").digest()


def test_domains_are_apart() -> None:
    assert Digest("one").digest() != Digest("two").digest()
