"""What an option cannot take: said in plain words, with what there is and what was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcode.cli import commands
from hrcode.cli.choices import choice
from hrcode.hints import LISTED, no_such
from test_cli import COMMANDS, run


def options():
    """Every option of every command, with what its help says that it takes."""
    for path in COMMANDS[1:]:
        command = commands.load_command(path[0])
        for name in path[1:]:
            command = command.commands[name]
        for param in command.params:
            yield [*path], param.opts[0], str(param.metavar or "")


OPTIONS = [(path, option, takes.strip("<>").split("|")) for path, option, takes in options() if "|" in takes]
NUMBERS = [(path, option) for path, option, takes in options() if takes in ("N", "NUMBER")]


def test_choices_are_all_found():
    asked = {option for _, option, _ in OPTIONS}
    assert {"--format", "--layout", "--style", "--count", "--against", "--to", "--from", "--engine"} <= asked


@pytest.mark.parametrize(
    ("command", "option", "words"), OPTIONS, ids=[" ".join([*path, option]) for path, option, _ in OPTIONS]
)
def test_choice_that_is_misspelt_is_named_with_what_was_meant(command, option, words):
    done = run(*command, option, words[-1] + "x")

    assert 2 == done.exit_code
    assert "" == done.stdout
    assert done.stderr.startswith("Error: There is no ")
    assert f"{words[-1] + 'x'!r}. Did you mean {words[-1]}? There are: {', '.join(words)}." in done.stderr
    assert 1 == done.stderr.count("\n")


def test_choice_is_completed_in_the_shell():
    option = choice(("csv", "json", "junit"), "--format")

    assert ["json", "junit"] == option.autocompletion("j")


@given(st.lists(st.text(max_size=5), unique=True, max_size=4 * LISTED), st.text(max_size=5))
def test_no_such_lists_all_of_a_few_and_the_first_of_many(choices, word):
    said = no_such("group", word, choices)

    listed = said.split(" There are: ")[-1]
    assert all(name in listed for name in choices[:LISTED])
    assert len(listed) <= sum(len(name) + 2 for name in choices[: LISTED + 1]) + len("and 1,000 more.")


@pytest.mark.parametrize(
    ("choices", "end"),
    [([], "none."), (["a", "b"], "a, b."), (map(str, range(LISTED + 2)), f"{LISTED - 1}, and 2 more.")],
)
def test_no_such_ends(choices, end):
    assert no_such("group", "?", choices).endswith(end)


def test_numbers_are_all_found():
    asked = {option for _, option in NUMBERS}
    assert {"--limit", "--each", "--hide-below", "--processes", "--plan", "--max-share", "--near"} <= asked


@pytest.mark.parametrize("text", ["x", "", "1e999", "nan", "9" * 5000], ids=["x", "", "inf", "nan", "long"])
@pytest.mark.parametrize(("command", "option"), NUMBERS, ids=[" ".join([*p, o]) for p, o in NUMBERS])
def test_number_that_is_none_is_refused_in_plain_words(command, option, text):
    done = run(*command, option, text)

    assert (2, "") == (done.exit_code, done.stdout)
    assert done.stderr.startswith(f"Error: {option} takes a ")
    assert done.stderr.count("\n") == 1
    assert len(done.stderr) < 120


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["quotes", "--limit", "0"], "--limit takes a whole number from 1 up, not '0'."),
        (["quotes", "--each", "1.5"], "--each takes a whole number from 1 up, not '1.5'."),
        (["report", "--quotes", "-1"], "--quotes takes a whole number from 0 up, not '-1'."),
        (["codebook", "test", "--max-share", "2"], "--max-share takes a number from 0 to 1, not '2'."),
    ],
)
def test_number_says_its_bounds(args, says):
    assert f"Error: {says}\n" == run(*args).stderr
