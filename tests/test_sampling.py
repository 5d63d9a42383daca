import pytest

from builders import write_files
from hrcode.transcripts.attributes import Attribute
from hrcode.transcripts.load import load_transcripts
from hrcode.transcripts.sampling import Rule, Sampling
from hrcode.transcripts.where import parse_where

FILES = {
    "L1.txt": "I: Hm?\nL1: One two three.\n",
    "L2.txt": "I: Hm?\nL2: Four five. \nI: And?\nL2: Six.\n",
    "S1.txt": "I: Hm?\nS1: Seven.\nL3: Eight nine.\n",
    "participants.csv": "participant,group,years,degree,consent\n"
    "L1,L,5,none,yes\nL2,L,1,none,no\nL3,L,,none,withdrawn\nS1,S,3,none,\n",
}
DECLARED = {"years": Attribute("number"), "degree": Attribute("ordered", ("none", "bachelor"))}


def load(folder, *rules, files=FILES, exclude=False):
    write_files(folder, files)
    include = tuple(Rule(parse_where(rule), parse_where(where)) for rule, where in rules)
    return load_transcripts(folder, sampling=Sampling(DECLARED, include, exclude))


def told(transcripts, rule):
    return [fault.message for fault in transcripts.warnings if fault.rule == rule]


def test_sampling_who_breaks_a_rule_is_named_and_stays(tmp_path):
    found = load(tmp_path, ("years>=2", None))
    (message,) = told(found, "not-included")
    assert message.startswith("L2 does not fulfil years>=2 (years: 1)")
    assert ["L1", "L2", "S1"] == [person.id for person in found.participants]


def test_sampling_rule_for_a_group(tmp_path):
    found = load(tmp_path, ("degree>=bachelor", "group=S"))
    assert ["S1"] == [message.split()[0] for message in told(found, "not-included")]


def test_sampling_missing_value_fulfils_nothing(tmp_path):
    files = {**FILES, "participants.csv": "participant,years\nL1,\nL2,2\nL3,2\nS1,2\n"}
    (message,) = told(load(tmp_path, ("years>=2", None), files=files), "not-included")
    assert "L1" in message
    assert "years: not stated" in message


def test_sampling_others_are_left_out_with_words_lost(tmp_path):
    found = load(tmp_path, ("years>=2", None), exclude=True)
    assert ["L1", "S1"] == [person.id for person in found.participants]
    assert ("not included", 2, 3) == found.left_out["L2"]
    (message,) = told(found, "not-included")
    assert "left out of coding with 3 words" in message
    turns = {one.id: one.turns for one in found}
    assert ["", "not included", "", "not included"] == [turn.left_out for turn in turns["L2"]]
    assert {""} == {turn.participant for turn in turns["L2"]}


def test_sampling_a_gap_in_the_table_leaves_nobody_out(tmp_path):
    files = {**FILES, "participants.csv": "participant,years\nL1,\nL2,1\nL3,2\nS1,2\n"}
    found = load(tmp_path, ("years>=2", None), ("heigth>=1", None), files=files, exclude=True)
    assert {"L2"} == found.left_out.keys()
    assert ["L1", "L2", "L3", "S1"] == [message.split()[0] for message in told(found, "not-included")]


def test_sampling_withdrawn_is_left_out(tmp_path):
    found = load(tmp_path)
    assert "L3" not in [person.id for person in found.participants]
    assert ("withdrawn", 1, 2) == found.left_out["L3"]
    assert ["withdrawn and left out altogether, 2 words: L3"] == told(found, "withdrawn")
    assert [] == told(found, "no-transcript")


def test_sampling_no_consent_and_an_empty_cell_are_said(tmp_path):
    found = load(tmp_path)
    assert ["no consent, so counted but never quoted: L2, S1"] == told(found, "no-consent")
    assert ["`consent` is empty, which counts as no, for S1"] == told(found, "consent-not-stated")


def test_sampling_no_column_of_consent_says_nothing(tmp_path):
    files = {**FILES, "participants.csv": "participant,group\nL1,L\nL2,L\nL3,L\nS1,S\n"}
    rules = {fault.rule for fault in load(tmp_path, files=files).warnings}
    assert set() == rules & {"no-consent", "withdrawn", "consent-not-stated"}


@pytest.mark.parametrize(
    ("rule", "warning", "words"),
    [
        ("yeers>=2", "unknown-attribute", "Did you mean years"),
        ("degree>=2", "bad-rule", "not among none, bachelor"),
    ],
)
def test_sampling_rule_that_can_only_be_a_slip_is_told(tmp_path, rule, warning, words):
    assert words in " ".join(told(load(tmp_path, (rule, None)), warning))


def test_sampling_front_matter_is_checked(tmp_path):
    from hrcode.errors import TranscriptError

    files = {"a.txt": "---\nparticipant: L1\nyears: many\n---\nL1: One.\n"}
    with pytest.raises(TranscriptError, match="years 'many' is not a plain number"):
        load(tmp_path, files=files)
