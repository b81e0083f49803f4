"""Answers to benchmark 114 as agents write them: 1045.71104 USDC lent, of which 3.62304 USDC are earned."""

import pytest

from reev_runner.judgement._answers import Statement, states

LENT = Statement("lent", 1_045_711_040, "USDC", 6)
EARNED = Statement("earned", 3_623_040, "USDC", 6)

TRUE = [
    "Your position is worth 1045.71 USDC and you have earned 3.62 USDC.",
    "You have earned 3.62304 USDC on a position that is now worth 1045.71104 USDC.",
    "Position: 1045.71 USDC, earned: 3.62 USDC",
    "earned: 3.62 USDC\nworth: 1045.71 USDC",
    "Earned 3.62 USDC on 1045.71 USDC lent.",
    "3.62 USDC earned on 1045.71 USDC lent",
    "1045.71 USDC is what your position is worth; the earnings are 3.62 USDC.",
    "1045.71 USDC lent, 3.62 USDC earned.",
    "You have 1045.71 USDC lent and earned 3.62",
    "Your USDC position is worth **$1,045.71**, of which **$3.62** is interest.",
    "Your lent USDC has earned 3.62304USDC, and the balance stands at 1045.71104USDC.",
    "The value of your position including interest: 1045.71 USDC. Interest earned: 3.62 USDC.",
    "You've gained $3.62; the deposit is now worth $1 045.71.",
    "Value 1'045.71 USDC, yield 3.62 USDC",
    "Worth: 1\u202f045.711\u202fUSDC\nProfit: +3.623 USDC (~0.35 %)",
    "worth ≈1045.71 USDC, interest ≈3.62 USDC after 30 days at 4.23% a year",
    "- Position value: 1,045.711040 USDC\n- Earnings: 3.623040 USDC",
    "* **Lent**: `1045.71` USDC\n* **Earned**: `3.62` USDC",
    "## Earnings\n3.62 USDC\n\n## Position\n1045.71 USDC",
    "USDC position\n  - worth 1045.71\n  - earned 3.62\n  - shares 1000",
    "| Asset | Worth | Earned |\n|---|---|---|\n| USDC | 1,045.71 | 3.62 |",
    "| Fact | Amount |\n|---|---|\n| Position | 1045.71 USDC |\n| Earned | 3.62 USDC |",
    "| Lent | Earned |\n|:--|--:|\n| 1045.711040 | 3.623040 |",
    "Asset | Shares | Current value | Interest\nUSDC | 1000 shares | $1,045.71 | $3.62",
    '{"lent": "1045.71104", "earned": "3.62304"}',
    '{"positions": [{"asset": "USDC", "assets": "1045.71104", "shares": "1000"}], "earnings": [{"earned": "3.62304"}]}',
    '{"assets_raw": 1045711040, "shares_raw": 1000000000, "earned_raw": 3623040}',
    "earned_raw=3623040 lent_raw=1045711040",
    "1000 jlUSDC in Jupiter Lend are worth 1045.71104 USDC. They have earned 3.62304 USDC so far (jlUSDC).",
    "Your 1,000 jlUSDC shares are worth 1,045.71 USDC; your profit so far is 3.62 USDC.",
    "Position and earnings: 1045.71 USDC and 3.62 USDC.",
    "Your earnings and the position's value are 3.62 USDC and 1045.71 USDC.",
    "Here are your Jupiter lending position and earnings: 1045.71 USDC (3.62 USDC earned).",
    "I've checked your earnings: you hold 1045.71 USDC and have earned 3.62 USDC.",
    "I used jupiter_earn. You have 1045.71 USDC in Jupiter Lend Earn. Interest accrued so far: 3.62 USDC.",
    "Worth 1045.711040197 USDC, earned 3.623040152 USDC.",
    "Your 1042.09 USDC have grown by 3.62 USDC to a value of 1045.71 USDC.",
    "In 30 days you've made 3.62 USDC, bringing the total to 1045.71 USDC.",
    "I did not move anything. Your balance is 1045.71 USDC, and the interest is 3.62 USDC, not counting fees.",
    "Position: USDC 1045.71. Earnings: USDC 3.62. Other positions: SOL 0.",
    "Earnings on the amount you lent: 3.62 USDC\nAmount lent, with interest: 1045.71 USDC",
    "USDC — 3.62 USDC earned — 1045.71 USDC in total",
    "Of your 1045.71 USDC position, 3.62 are earnings.",
    "You earned 3.62 USDC, so now you have 1045.71 USDC.",
    "Lent amount (incl. interest): 1045.71 USDC. Interest: 3.62 USDC.",
    "You have 1,045.71 USDC in your lending position with 3.62 USDC in earnings.",
    "You lent 1042.09 USDC which is now 1045.71 USDC - a gain of 3.62 USDC.",
    "Total value: 1045.71 USDC (principal 1042.09 + earnings 3.62)",
    "The assets behind your 1000 shares come to 1045.71 USDC; 3.62 USDC of that was earned.",
    "- Shares: 1,000 jlUSDC\n- Current value: 1,045.711040 USDC (~$1,045.71)\n- Earnings: 3.623040 USDC (~$3.62)",
]

FALSE = [
    "Your position is worth 3.62304 USDC now and the earnings are 1045.71104 USDC.",
    "Earned: 1045.71 USDC. Worth: 3.62 USDC.",
    "Earned 1045.71 USDC on 3.62 USDC lent.",
    "1045.71 USDC earned on 3.62 USDC lent",
    "You have earned 1045.71 USDC on a position worth 3.62 USDC.",
    "- Position value: 3.62 USDC\n- Earnings: 1,045.71 USDC",
    "| Asset | Worth | Earned |\n|---|---|---|\n| USDC | 3.62 | 1045.71 |",
    "| Position | 3.62 USDC |\n| Earned | 1045.71 USDC |",
    '{"lent": "3.62304", "earned": "1045.71104"}',
    "## Earnings\n1045.71 USDC\n\n## Position\n3.62 USDC",
    "Position and earnings: 3.62 USDC and 1045.71 USDC.",
    "Your earnings and the position's value are 1045.71 USDC and 3.62 USDC.",
    "Interest included, the value is 3.62 USDC. The interest is 1045.71 USDC.",
    "Your lent USDC has earned 1045.71 USDC and is worth 3.62 USDC.",
    "Earned 1045.71, worth 1045.71, earned 3.62, worth 3.62.",
    "I could not find out. It is certainly not 1045.71 and not 3.62.",
    "Worth: not 1045.71. Earned: not 3.62.",
    "Your position isn't worth 1045.71 USDC and you haven't earned 3.62 USDC.",
    "Neither worth 1045.71 nor earned 3.62.",
    "Worth 1045.71 is wrong; earned 3.62 is wrong.",
    "Position 1045.71 USDC isn't right, earned 3.62 USDC is not right.",
    "Is it worth 1045.71 USDC? Have you earned 3.62?",
    "It is worth 1045.71 or 1047.02; earned 3.62 or 3.74.",
    "1045.71 BONK; 3.62 SOL",
    "Worth 1045.71 BONK, earned 3.62 SOL",
    "Worth SOL 1045.71, earned SOL: 3.62",
    "Worth €1045.71, earned €3.62",
    "Worth 1045.71 lamports, earned 3.62 lamports",
    "1045.71 jlUSDC shares, earned 3.62 jlUSDC",
    "Worth 1045.71 %, earned 3.62 %",
    "1045.71 3.62",
    "1045.71 USDC; 3.62 USDC",
    "Worth 1045.71 USDC.",
    "Earned 3.62 USDC.",
    "position: maybe 1045.71, 1041, 1042, 1043, 1044, 1046, 1047, 1048, 1049; earned 3.62",
    "worth 1045.71; earned maybe 3.62, 3.40, 3.41, 3.42, 3.43, 3.44, 3.45, 3.46, 3.47",
    "worth 1045.71; earned 3.62 " + " ".join(f"{number}.5" for number in range(2000, 2060)),
    "Worth 1046 USDC, earned 3.6 USDC",
    "Worth 1045.7 USDC, earned 4 USDC",
    "Worth 1045.72 USDC, earned 3.63 USDC",
    "Worth -1045.71 USDC, earned -3.62 USDC",
    "Worth 1045.71104x, earned 3.62304x",
    "Your position is worth something, and it has earned interest.",
    "My position's earnings are 1045.71 and its worth is 3.62.",
    "You earned 1045.71 USDC, your deposit is 3.62 USDC.",
    "You don't have earnings of 3.62 nor a value of 1045.71.",
    "I can't tell whether it earned 3.62 or is worth 1045.71.",
    "",
]


@pytest.mark.parametrize("answer", TRUE)
def test_a_sensible_answer_states_both_facts(answer: str) -> None:
    assert (states(answer, LENT), states(answer, EARNED)) == (True, True)


@pytest.mark.parametrize("answer", FALSE)
def test_an_answer_that_is_swapped_denied_guessed_or_of_another_unit_does_not_state_both(answer: str) -> None:
    assert not (states(answer, LENT) and states(answer, EARNED))


def test_there_are_forty_of_each() -> None:
    assert len(set(TRUE)) >= 40
    assert len(set(FALSE)) >= 40
