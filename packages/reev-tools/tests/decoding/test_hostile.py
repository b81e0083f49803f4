"""Whatever stands in a transaction, it is described: nothing raises, and no text can steer a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from solders.address_lookup_table_account import AddressLookupTableAccount
from solders.hash import Hash
from solders.instruction import AccountMeta as AccountMetaOf
from solders.instruction import Instruction as SolanaInstruction
from solders.keypair import Keypair
from solders.message import MessageV0
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from reev_tools.decoding import describe_all, describe_inner, describe_transaction
from reev_tools.market.lend import LEND_INSTRUCTIONS, LEND_PROGRAM
from reev_tools.market.swap import FORMS, SWAP_PROGRAM, VARIANTS
from reev_tools.programs import VIEWS
from reev_types.addresses import encode_base58
from reev_types.chain import AccountMeta, InnerInstruction, Instruction, TransactionOutcome
from reev_types.tokens import TOKENS

STRANGER = encode_base58(bytes([7] * 32))
PAYER = Keypair.from_seed(bytes(32))
SIGNED = bytes(
    VersionedTransaction(
        MessageV0.try_compile(
            PAYER.pubkey(),
            [
                SolanaInstruction(
                    Pubkey.from_string(SWAP_PROGRAM),
                    FORMS["route"].tag,
                    [AccountMetaOf(Pubkey(bytes([9] * 32)), False, True)],
                )
            ],
            [AddressLookupTableAccount(Pubkey(bytes([8] * 32)), [Pubkey(bytes([9] * 32))])],
            Hash.default(),
        ),
        [PAYER],
    )
)
EVENTS = bytes.fromhex("e445a52e51cb9a1d")
TAGS = [
    *(form.tag for form in FORMS.values()),
    *(form.tag + b"\1\0\0\0" + bytes([variant.number]) for form in FORMS.values() for variant in VARIANTS[:3]),
    *(shape.discriminator for shape in LEND_INSTRUCTIONS),
    *(EVENTS + bytes.fromhex(tag) for tag in ("40c6cde8260871e2", "982f4eebc0606e6a", "494f4e7fb8d50ddc")),
    bytes.fromhex("96564774a75d0e68"),
    b"\xff" * 8,
]
addresses = st.sampled_from([STRANGER, SWAP_PROGRAM, LEND_PROGRAM, *(token.mint for token in TOKENS[:3])])
small = st.integers(0, 50).map(lambda number: number.to_bytes(1, "little")) | st.integers(0, 15).map(
    lambda number: number.to_bytes(4, "little")
)
starts = st.just(b"") | st.sampled_from(TAGS) | st.builds(lambda one, two: one + two, small, small)
data = st.builds(lambda start, rest: start + rest, starts, st.binary(max_size=120))


@st.composite
def instructions(draw):
    program = draw(st.sampled_from([*VIEWS, SWAP_PROGRAM, LEND_PROGRAM, STRANGER]))
    accounts = tuple(AccountMeta(pubkey=draw(addresses)) for _ in range(draw(st.integers(0, 20))))
    return Instruction(program_id=program, accounts=accounts, data=draw(data))


@given(st.lists(instructions(), max_size=4))
def test_any_instruction_is_described_in_printable_text(hostile):
    views = describe_all(hostile)
    assert len(views) == len(hostile)
    for view in views:
        assert all(text.isprintable() for text in (view.program, view.name, *view.arguments, *view.arguments.values()))


@given(st.binary(max_size=400))
def test_noise_is_no_transaction(raw):
    assert describe_transaction(raw) is None


@given(st.integers(65, len(SIGNED) - 1), st.integers(0, 255))
def test_a_transaction_with_any_byte_changed_is_described_or_none(at, value):
    views = describe_transaction(SIGNED[:at] + bytes([value]) + SIGNED[at + 1 :])
    assert views is None or all(view.program for view in views)


LOGS = st.sampled_from(
    [
        f"Program {LEND_PROGRAM} invoke [1]",
        f"Program {LEND_PROGRAM} invoke [2]",
        f"Program {LEND_PROGRAM} success",
        "Program data: AAA",
        "Program data: sPMBOI7OAWo=",
        "Log truncated",
        "",
    ]
)


@given(st.lists(instructions(), max_size=3), st.lists(LOGS, max_size=8), st.integers(2, 9))
def test_anything_beneath_an_instruction_is_described(hostile, logs, stack_height):
    inner = tuple(
        InnerInstruction(
            index=index,
            stack_height=stack_height,
            program_id=instruction.program_id,
            accounts=tuple(meta.pubkey for meta in instruction.accounts),
            data=instruction.data,
        )
        for index, instruction in enumerate(hostile)
    )
    outcome = TransactionOutcome(signature="s", slot=0, landed=True, logs=tuple(logs), inner_instructions=inner)
    told = describe_inner(outcome)
    assert [told[index][0].depth for index in range(len(inner))] == [stack_height - 1] * len(inner)
