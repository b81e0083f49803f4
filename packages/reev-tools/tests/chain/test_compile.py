import pytest
from solders.hash import Hash
from solders.message import to_bytes_versioned

from reev_tools.chain import Keyring
from reev_tools.chain._compile import compile_message, sign
from reev_tools.programs import transfer_lamports
from reev_types.chain import AccountMeta, Instruction
from reev_types.errors import ChainError

KEYS = Keyring(0, "compile")
ALICE, BOB = KEYS.address("alice"), KEYS.address("bob")
STRANGER = "7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5"


def test_the_payer_comes_first_and_an_instruction_keeps_its_accounts_and_data() -> None:
    order = transfer_lamports(ALICE, STRANGER, 5)
    message = compile_message(BOB, [order], [], Hash.default())
    keys = [str(key) for key in message.account_keys]
    compiled = message.instructions[0]
    assert keys[0] == BOB
    assert keys[compiled.program_id_index] == order.program_id
    assert [keys[index] for index in compiled.accounts] == [meta.pubkey for meta in order.accounts]
    assert compiled.data == order.data


def test_every_required_signer_signs() -> None:
    message = compile_message(BOB, [transfer_lamports(ALICE, STRANGER, 5)], [], Hash.default())
    read = sign(message, KEYS)
    signed = to_bytes_versioned(message)
    assert [str(key) for key in read.keys[:2]] == [BOB, ALICE]
    assert [each.verify(key, signed) for key, each in zip(read.keys, read.transaction.signatures, strict=False)] == [
        True,
        True,
    ]


def test_a_signer_whose_key_is_not_held_is_named() -> None:
    message = compile_message(BOB, [transfer_lamports(STRANGER, ALICE, 5)], [], Hash.default())
    with pytest.raises(ChainError, match=STRANGER) as caught:
        sign(message, KEYS)
    assert caught.value.code == "unknown_signer"


def test_more_accounts_than_a_message_can_number_are_refused() -> None:
    keys = Keyring(0, "many")
    metas = tuple(AccountMeta(pubkey=keys.address(str(number))) for number in range(256))
    with pytest.raises(ChainError) as caught:
        compile_message(BOB, [Instruction(program_id=STRANGER, accounts=metas, data=b"")], [], Hash.default())
    assert caught.value.code == "cannot_compile"
