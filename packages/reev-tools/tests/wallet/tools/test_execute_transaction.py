"""Instructions of somebody else's making: sent as they are, signed by nobody but the wallet, reported truthfully."""

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reev_tools.chain import associated_token_address
from reev_tools.programs import SYSTEM_PROGRAM, create_associated_token_account, transfer_checked, transfer_lamports
from reev_tools.wallet import STANDARD_TOOLS, ExecuteTransaction, Wallet, WalletTools
from reev_types.addresses import encode_base58
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM
from reev_types.tools import Executed, Failed, Refused, ToolCall

SOL = 10**9


@pytest.fixture
def execute(town):
    tools = WalletTools(Wallet(town.alice, town.chain, names={"ALICE": town.alice, "BOB": town.bob}), [TOOL])

    async def execute(*instructions):
        arguments = {"instructions": list(instructions)}
        return await tools.call(ToolCall(call_id="1", tool="execute_transaction", arguments=arguments))

    return execute


TOOL = ExecuteTransaction()


def as_json(instruction):
    return instruction.to_json()


def account(pubkey, signer=False, writable=False):
    return {"pubkey": pubkey, "is_signer": signer, "is_writable": writable}


def refused_with(result):
    assert isinstance(result, Refused), result
    return result.code


def test_it_is_not_among_the_standard_tools():
    assert TOOL.name not in {tool.name for tool in STANDARD_TOOLS}


def test_its_schema_is_valid_and_explains_every_field():
    schema = TOOL.spec.parameters
    jsonschema.Draft202012Validator.check_schema(schema)
    for part in (schema, *schema["$defs"].values()):
        assert all("description" in field for field in part["properties"].values())


async def test_a_transfer_is_carried_out_and_told_of(town, execute):
    result = await execute(as_json(transfer_lamports(town.alice, town.bob, SOL // 10)))
    assert isinstance(result, Executed)
    assert {(change.owner, change.change) for change in result.balance_changes} == {
        (town.alice, "-0.100005"),
        (town.bob, "+0.1"),
    }
    assert await town.lamports(town.bob) == SOL // 10


async def test_account_names_stand_for_their_addresses(town, execute):
    instruction = as_json(transfer_lamports(town.alice, town.bob, SOL // 10))
    instruction["accounts"] = [account("ALICE", True, True), account("BOB", writable=True)]
    assert isinstance(await execute(instruction), Executed)
    assert await town.lamports(town.bob) == SOL // 10


async def test_token_changes_are_told_in_units_of_their_mint(town, execute):
    await town.chain.set_token_balance(town.alice, town.usdc, 5_000_000)
    source, target = (associated_token_address(owner, town.usdc, TOKEN_PROGRAM) for owner in (town.alice, town.bob))
    result = await execute(
        as_json(create_associated_token_account(town.alice, target, town.bob, town.usdc, TOKEN_PROGRAM)),
        as_json(transfer_checked(TOKEN_PROGRAM, source, town.usdc, target, town.alice, 1_500_000, 6)),
    )
    assert isinstance(result, Executed)
    assert (town.bob, "+1.5", "USDC") in {(c.owner, c.change, c.symbol) for c in result.balance_changes}


async def test_several_instructions_take_effect_together_or_not_at_all(town, execute):
    result = await execute(
        as_json(transfer_lamports(town.alice, town.bob, SOL // 10)),
        as_json(transfer_lamports(town.alice, town.bob, 5 * SOL)),
    )
    assert isinstance(result, Failed)
    assert result.code == "insufficient_lamports"
    assert await town.lamports(town.bob) == 0


async def test_nobody_but_the_wallet_signs_though_the_sandbox_has_the_keys(town, execute):
    await town.chain.set_lamports(town.bob, SOL)
    result = await execute(as_json(transfer_lamports(town.bob, town.alice, SOL // 2)))
    assert refused_with(result) == "foreign_signer"
    assert await town.lamports(town.bob) == SOL


async def test_a_signature_that_is_needed_and_not_asked_for_does_not_appear(town, execute):
    await town.chain.set_lamports(town.bob, SOL)
    instruction = as_json(transfer_lamports(town.bob, town.alice, SOL // 2))
    instruction["accounts"][0]["is_signer"] = False
    assert isinstance(await execute(instruction), Failed)
    assert await town.lamports(town.bob) == SOL


@pytest.mark.parametrize(
    "loader",
    [
        "BPFLoader1111111111111111111111111111111111",
        "BPFLoader2111111111111111111111111111111111",
        "BPFLoaderUpgradeab1e11111111111111111111111",
        "LoaderV411111111111111111111111111111111111",
        "NativeLoader1111111111111111111111111111111",
    ],
)
async def test_programs_are_not_deployed(execute, loader):
    assert refused_with(await execute({"program_id": loader, "accounts": [], "data": "1"})) == "program_not_allowed"


async def test_an_unknown_program_fails_and_is_told_of(town, execute):
    assert isinstance(await execute({"program_id": town.carol, "accounts": [], "data": ""}), Failed)


@pytest.mark.parametrize(
    ("program", "data"),
    [
        (SYSTEM_PROGRAM, (1).to_bytes(4, "little") + bytes(32)),
        (SYSTEM_PROGRAM, (8).to_bytes(4, "little") + bytes(8)),
        (SYSTEM_PROGRAM, (9).to_bytes(4, "little")),
        (SYSTEM_PROGRAM, (10).to_bytes(4, "little")),
        (TOKEN_PROGRAM, bytes([4]) + bytes(8)),
        (TOKEN_PROGRAM, bytes([6, 2, 0])),
        (TOKEN_2022_PROGRAM, bytes([13]) + bytes(9)),
    ],
)
async def test_power_over_the_wallet_is_not_given_away(town, execute, program, data):
    instruction = {"program_id": program, "accounts": [account("ALICE", True, True)], "data": encode_base58(data)}
    assert refused_with(await execute(instruction)) == "lasting_authority"


@pytest.mark.parametrize("data", ["0OIl", "é", " "])
async def test_data_that_is_not_base58_is_refused(execute, data):
    assert refused_with(await execute({"program_id": SYSTEM_PROGRAM, "accounts": [], "data": data})) == "bad_data"


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"instructions": []},
        {"instructions": {}},
        {"instructions": [[]]},
        {"instructions": [{"program_id": SYSTEM_PROGRAM}]},
        {"instructions": [{"program_id": SYSTEM_PROGRAM, "accounts": [], "data": [2, 0]}]},
        {"instructions": [{"program_id": SYSTEM_PROGRAM, "accounts": [{"pubkey": 1}], "data": ""}]},
        {"instructions": [{"program_id": SYSTEM_PROGRAM, "accounts": [], "data": "1" * 1_701}]},
        {"instructions": [{"program_id": SYSTEM_PROGRAM, "accounts": [], "data": ""}] * 65},
    ],
)
async def test_what_is_no_list_of_instructions_is_refused(town, arguments):
    tools = WalletTools(Wallet(town.alice, town.chain), [TOOL])
    result = await tools.call(ToolCall(call_id="1", tool="execute_transaction", arguments=arguments))
    assert refused_with(result) == "bad_arguments"


async def test_more_accounts_than_a_transaction_can_name_are_refused(town, execute):
    accounts = [[account(town.keyring.address(f"{part}-{n}")) for n in range(60)] for part in range(5)]
    instructions = [{"program_id": SYSTEM_PROGRAM, "accounts": named, "data": ""} for named in accounts]
    assert refused_with(await execute(*instructions)) == "too_large"


async def test_more_data_than_a_transaction_can_hold_is_refused(execute):
    instruction = {"program_id": SYSTEM_PROGRAM, "accounts": [], "data": "1" * 700}
    assert refused_with(await execute(instruction, instruction)) == "too_large"


async def test_what_only_just_does_not_fit_fails_without_landing(town, execute):
    accounts = [account(town.keyring.address(f"{n}")) for n in range(50)]
    result = await execute({"program_id": SYSTEM_PROGRAM, "accounts": accounts, "data": ""})
    assert isinstance(result, Failed)
    assert (result.code, result.fee_lamports) == ("too_large", 0)


names = st.sampled_from(["ALICE", "BOB", SYSTEM_PROGRAM, TOKEN_PROGRAM, "nobody", ""])
metas = st.fixed_dictionaries({"pubkey": names, "is_signer": st.booleans(), "is_writable": st.booleans()})
calls = st.fixed_dictionaries(
    {"program_id": names, "accounts": st.lists(metas, max_size=4), "data": st.text("1239abcXYZ", max_size=12)}
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(instructions=st.lists(calls, max_size=4))
async def test_whatever_the_instructions_the_tool_answers_and_bob_never_pays(town, execute, instructions):
    before = await town.lamports(town.bob)
    assert isinstance(await execute(*instructions), Executed | Failed | Refused)
    assert await town.lamports(town.bob) >= before
