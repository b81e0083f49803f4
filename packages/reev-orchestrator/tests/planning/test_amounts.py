import pytest


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("swap all my SOL to USDC", 3_990_000_000),
        ("swap everything but 0.001 SOL to USDC", 3_990_000_000),
        ("swap everything but 1 SOL to USDC", 3_000_000_000),
        ("lend all my USDC", 200_000_000),
        ("lend a third of my USDC", 66_666_666),
        ("swap $20 worth of SOL to USDC", 133_333_333),
        ("buy $20 worth of USDC with SOL", 20_000_000),
        ("withdraw half of my USDC from jupiter", None),
        ("show my balances", None),
    ],
)
def test_amounts_resolve_on_the_wallet(planned, text, raw):
    assert planned(text).steps[0].resolved_amount == raw


def test_a_share_of_what_an_earlier_step_changes_is_left_to_the_execution(planned):
    _, second = planned("swap 1 SOL to USDC then lend half of my USDC").steps
    assert (second.resolved_amount, second.depends_on) == (None, ("swap_1",))


def test_an_exact_amount_is_resolved_and_depends_on_the_step_that_brings_its_token(planned):
    _, second = planned("swap 1 SOL to USDC then lend 50 USDC").steps
    assert (second.resolved_amount, second.depends_on) == (50_000_000, ("swap_1",))


def test_an_exact_amount_of_what_is_only_spent_before_depends_on_nothing(planned):
    _, second = planned("swap 1 SOL to USDC then swap 1 SOL to USDT").steps
    assert second.depends_on == ()


def test_a_share_of_a_position_depends_on_the_deposit_before_it(planned):
    _, second = planned("lend 10 USDC then withdraw half of my USDC").steps
    assert (second.resolved_amount, second.depends_on) == (None, ("lend_1",))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("lend all my USDT", "insufficient_funds"),
        ("lend 10% of my USDT", "insufficient_funds"),
        ("lend everything but 300 USDC", "insufficient_funds"),
        ("swap $5 worth of JUP to USDC", "unknown_price"),
        ("swap $9999999999999999 worth of SOL to USDC", "too_large"),
        ("swap $0.0000001 worth of USDC to SOL", "zero_amount"),
    ],
)
def test_amounts_that_come_to_nothing_are_refused_at_their_clause(refused, text, code):
    assert refused(f"show my balances, then {text}") == (code, text)
