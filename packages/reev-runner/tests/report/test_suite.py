from inline_snapshot import snapshot

from reev_runner.report import print_suite


def test_a_suite_is_an_overview_trials_and_counts(passed, failed, bad_file, rendered):
    text = rendered(lambda console: print_suite(console, [passed, failed, bad_file]))
    table, _, rest = text.partition("\n\n")
    assert table == snapshot("""\
           benchmark               score   steps   tx            fee      CU   time
───────────────────────────────────────────────────────────────────────────────────
✓ passed   001-sol-transfer         1.00     1/1    1   0.000005 SOL     150   4 ms
✗ failed   003-spl-transfer-fail    0.00     0/1    1   0.000005 SOL   4,644   4 ms\
""")
    assert rest.startswith("✓ 001-sol-transfer  passed")
    assert rest[rest.index("✗ bad file") :] == snapshot("""\
✗ bad file somewhere/broken.yml:7:15: initial_state[0].lamports: expected an amount of 0 or more,
found -1 [negative_amount] → write 1000000000 for 1 SOL
1 of 3 passed, 1 failed, 1 bad file · average score 0.50 · 8 ms
next reev show 20261122-120001-0a1b2c3d4e5f
""")


def test_a_single_trial_is_shown_in_full_without_an_overview(passed, rendered):
    text = rendered(lambda console: print_suite(console, [passed]))
    assert text.startswith("✓ 001-sol-transfer")
    assert "reproduce reev-runner 001-sol-transfer" in text


def test_passed_trials_among_several_are_brief_unless_asked_for(passed, rendered):
    brief, verbose = (
        rendered(lambda console, wanted=wanted: print_suite(console, [passed, passed], verbose=wanted))
        for wanted in (False, True)
    )
    assert "reproduce" not in brief
    assert verbose.count("reproduce reev-runner") == 2


def test_after_plain_lines_the_overview_and_bad_files_are_not_repeated(passed, bad_file, rendered):
    text = rendered(lambda console: print_suite(console, [passed, bad_file], overview=False))
    assert "benchmark  " not in text
    assert "negative_amount" not in text
    assert "1 of 2 passed, 1 bad file" in text
