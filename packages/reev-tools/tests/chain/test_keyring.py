import pytest
from solders.keypair import Keypair
from solders.signature import Signature

from reev_tools.chain import Keyring
from reev_tools.chain._keys import pubkey
from reev_types.errors import ChainError

MIRRORED = "7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5"


def test_an_address_depends_on_seed_namespace_and_name_alone() -> None:
    first = Keyring(0, "001").address("USER_WALLET_PUBKEY")
    assert Keyring(0, "001").address("USER_WALLET_PUBKEY") == first
    others = {Keyring(1, "001").address("USER_WALLET_PUBKEY"), Keyring(0, "002").address("USER_WALLET_PUBKEY")}
    assert len(others | {first, Keyring(0, "001").address("RECIPIENT")}) == 4


def test_the_derivation_never_changes() -> None:
    assert Keyring(0, "001").address("USER_WALLET_PUBKEY") == "BMEFi7WE5DMZPBcDnKodQiE1dNNgcYe289K5gnfEBH6R"


def test_parts_of_a_derivation_do_not_run_into_one_another() -> None:
    assert Keyring(0, "a").address("bc") != Keyring(0, "ab").address("c")


def test_asking_twice_gives_the_same_address() -> None:
    keys = Keyring(0, "001")
    assert keys.address("a") == keys.address("a")


def test_a_derived_wallet_signs_with_a_real_signature() -> None:
    keys = Keyring(0, "001")
    signer = pubkey(keys.address("a"))
    assert keys.sign(signer, b"message").verify(signer, b"message")


def test_a_wallet_that_was_never_asked_for_is_not_held() -> None:
    address = Keyring(0, "001").address("a")
    assert not Keyring(0, "001").holds(address)


def test_nobody_signs_for_a_foreign_wallet() -> None:
    with pytest.raises(ChainError) as caught:
        Keyring(0, "001").sign(pubkey(MIRRORED), b"message")
    assert caught.value.code == "unknown_signer"
    assert caught.value.context == {"signer": MIRRORED}


def test_a_mirrored_wallet_signs_differently_for_each_message_and_signer() -> None:
    keys = Keyring(0, "001")
    other = Keyring(0, "002").address("b")
    keys.adopt(MIRRORED)
    keys.adopt(other)
    signatures = {keys.sign(pubkey(MIRRORED), message) for message in (b"one", b"two")}
    assert len(signatures | {keys.sign(pubkey(other), b"one")}) == 3


def test_a_mirrored_signature_is_accepted_for_its_message_only() -> None:
    keys = Keyring(0, "001")
    keys.adopt(MIRRORED)
    signer = pubkey(MIRRORED)
    signature = keys.sign(signer, b"one")
    assert keys.holds(MIRRORED)
    assert keys.verify(signer, signature, b"one")
    assert not keys.verify(signer, signature, b"two")
    assert not keys.verify(signer, Signature.default(), b"one")


def test_a_mirrored_signature_is_not_accepted_without_adoption() -> None:
    keys = Keyring(0, "001")
    keys.adopt(MIRRORED)
    signature = keys.sign(pubkey(MIRRORED), b"one")
    assert not Keyring(0, "001").verify(pubkey(MIRRORED), signature, b"one")


def test_adopting_a_wallet_whose_key_is_held_keeps_the_key() -> None:
    keys = Keyring(0, "001")
    address = keys.address("a")
    keys.adopt(address)
    signature = keys.sign(pubkey(address), b"one")
    assert signature.verify(pubkey(address), b"one")
    assert keys.verify(pubkey(address), signature, b"one")


def test_a_signature_made_elsewhere_is_verified() -> None:
    stranger = Keypair.from_seed(bytes(32))
    signature = stranger.sign_message(b"one")
    assert Keyring(0, "001").verify(stranger.pubkey(), signature, b"one")


def test_adopting_what_is_no_address_fails() -> None:
    with pytest.raises(ChainError) as caught:
        Keyring(0, "001").adopt("not an address")
    assert caught.value.code == "invalid_address"
