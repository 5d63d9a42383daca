"""Studies as they are designed: focus groups, pair interviews, waves, documents. All texts are invented."""

import random
import re
import time
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builders import KITCHEN, codebook_text, make_codebook, mutated, write_files
from hrcode.analysis.compare import compare
from hrcode.analysis.sensitivity import sensitivity
from hrcode.cli.app import app
from hrcode.coding.code import code
from hrcode.errors import TranscriptError
from hrcode.exchange.results import read_results, write_results
from hrcode.study import read_settings
from hrcode.transcripts.check import check_transcripts
from hrcode.transcripts.load import load_transcripts, survey_transcripts
from hrcode.transcripts.transcripts_table import read_transcripts_table

ROLES = {
    "P1": "policy", "P2": "policy", "H1": "health", "N1": "nightlife", "N2": "nightlife",
    "A1": "advocacy", "D1": "detention", "R1": "housing",
}  # fmt: skip
FORUM = {
    "participants.csv": "participant,role\n" + "".join(f"{p},{role}\n" for p, role in ROLES.items()),
    "transcripts.csv": "transcript,kind,event,place\nforum,focus group,spring forum,Kaunas\n"
    "forum2.txt,Focus-Group,autumn forum,Kaunas\n",
    "forum.txt": "Moderator: Who cooks soup here?\nP1: I cook soup.\nP2: We cook soup at the office, too.\n"
    "H1: I only share the soup.\nN1: Nobody cooks at night.\nN2: I bake a cake.\n?: We all cook soup.\n"
    "A1: I dig the garden.\nD1: They throw soup away.\nR1: I like the house.\nP1 & H1: We share the soup.\n"
    "All: We dig!\n",
    "forum2.txt": "Moderator: And now?\nP1: I cook soup again.\nN1: Good night.\nA1: I bake bread.\n",
}
PAIR = {
    "participants.csv": "participant,group,service\nS1,S,shelter\nS2,S,outreach\nS3,S,shelter\n"
    "S4,S,outreach\n",
    "duo.txt": "I: How is it?\nS1: I cook soup.\nS2: I dig.\nBoth: We bake bread.\n"
    "S1+S2: We share the soup.\nS1 and S2: Yes.\n",
    "S3.txt": "I: And you?\nS3: I dig.\n",
    "S4.txt": "I: And you?\nS4: I like the sea.\n",
}
WAVES = {
    "participants.csv": "participant,group,service\nS1,S,shelter\nS2,S,outreach\nS3,S,shelter\n",
    "transcripts.csv": "transcript;wave;date\n2019/S1;2019;2019-05-02\n2019/S2;2019;\n2022/S1;2022;\n"
    "2022/S3;2022;2022-03-01\n",
    "2019/S1.txt": "I: Well?\nS1: I cook soup.\n",
    "2019/S2.txt": "I: Well?\nS2: I bake bread and soup.\n",
    "2022/S1.txt": "I: Well now?\nS1: I dig.\n",
    "2022/S3.txt": "I: Well now?\nS3: I cook soup.\n",
}
PAPERS = {
    "transcripts.csv": "transcript,kind,participants,group,place\npaper,document,Ministry of Soup,policy,\n"
    "walk,go-along,S1,,the harbour\nnote,field note,,research,\n",
    "paper.md": "# Soup: a strategy\n\nAim: we cook soup.\n\nAim: we bake bread.\nIt is shared.\n",
    "walk.txt": "I: Where are we?\nR: I dig here.\nI: And?\nR: Here.\n",
    "note.txt": "Tuesday. They share the soup: all of it.\n\nNobody digs.\n",
}
STUDIES = {"focus groups": FORUM, "pair": PAIR, "waves": WAVES, "documents": PAPERS}


def study(folder, files):
    """Load and code a study, write its results, and read them back."""
    write_files(folder / "transcripts", files)
    material = load_transcripts(folder / "transcripts")
    coded = code(material, make_codebook(KITCHEN))
    write_results(coded, folder / "results")
    return material, read_results(folder / "results")


def presence(table, subcategory):
    """Give n of N by group, of people or of events."""
    columns = [c for c in table.columns if c.split("_")[0] in ("participants", "events")]
    rows = table[(table["level"] == "subcategory") & (table["subcategory"] == subcategory)]
    return {row["group"]: tuple(row[c] for c in columns) for row in rows.to_dict("records")}


@pytest.mark.parametrize("files", STUDIES.values(), ids=STUDIES)
def test_offsets_quote_the_transcript(tmp_path, files):
    material, coded = study(tmp_path, files)
    texts = {transcript.id: transcript.text for transcript in material}
    found = [*coded.codings, *coded.near_misses]
    assert found
    assert [texts[c.transcript][c.start : c.end] for c in found] == [c.evidence for c in found]
    assert all(texts[s.transcript][s.start : s.end] == s.text for s in coded.segments)


@pytest.mark.parametrize("files", STUDIES.values(), ids=STUDIES)
@pytest.mark.parametrize("count", ["participant", "event"])
def test_sums_over_events_are_the_codings(tmp_path, files, count):
    _, coded = study(tmp_path, files)
    table = compare(coded, by="event", level="subcategory", count=count)
    sums = table.groupby(["category", "subcategory"])["codings"].sum()
    expected = Counter((c.category, c.subcategory) for c in coded.codings)
    assert expected == Counter({key: int(n) for key, n in sums.items() if n})
    assert (
        sum(s.words for s in coded.segments if s.participant) == table.groupby("group")["words"].max().sum()
    )


def test_focus_group_of_eight_in_six_roles(tmp_path):
    _, coded = study(tmp_path, FORUM)
    table = compare(coded, by="role")
    sizes = {"policy": 2, "health": 1, "nightlife": 2, "advocacy": 1, "detention": 1, "housing": 1}
    assert sizes == table.attrs["groups"]
    assert {role: (2 if role == "policy" else 0, n) for role, n in sizes.items()} == presence(
        table, "cooks"
    ) | {
        "advocacy": (0, 1)  # A1 bakes bread
    }
    assert {role: (n, n) for role, n in sizes.items()} == presence(table, "digs")  # All: We dig!
    assert [True] == [
        "autumn forum (3), spring forum (8)" in w for w in table.attrs["warnings"] if "event" in w
    ]


def test_focus_group_by_event(tmp_path):
    _, coded = study(tmp_path, FORUM)
    table = compare(coded, by="role", count="event")
    events = {"policy": 2, "health": 1, "nightlife": 2, "advocacy": 2, "detention": 1, "housing": 1}
    assert events == table.attrs["groups"]
    assert {"policy": (2, 2), "advocacy": (1, 2)} == {
        role: n for role, n in presence(table, "cooks").items() if n[0]
    }
    assert {role: (1, n) for role, n in events.items()} == presence(table, "digs")


def test_unknown_speaker_is_kept_and_not_coded(tmp_path):
    material, _ = study(tmp_path, FORUM)
    unknown = [turn for transcript in material for turn in transcript.turns if turn.speaker == "?"]
    assert [("", "unknown speaker")] == [(turn.participant, turn.left_out) for turn in unknown]


def test_pair_interview(tmp_path):
    material, coded = study(tmp_path, PAIR)
    speakers = {t.id: [turn.participant for turn in t.turns] for t in material}
    assert ["", "S1", "S2", "S1 + S2", "S1 + S2", "S1 + S2"] == speakers["duo"]
    assert {"duo": "pair", "S3": "interview", "S4": "interview"} == {
        t.id: t.attributes["kind"] for t in material
    }
    assert {"shelter": (1, 2), "outreach": (1, 2)} == presence(compare(coded, by="service"), "shares")
    alone = compare(coded, by="service", where="kind!=pair")
    assert {"shelter": (1, 1), "outreach": (0, 1)} == presence(alone, "digs")


def test_sensitivity_leaves_out_the_pair_interviews(tmp_path):
    _, coded = study(tmp_path, PAIR)
    table = sensitivity(coded, by="service", level="subcategory")
    rows = table[(table["left_out"] == "interviews") & (table["name"] == "pair")].to_dict("records")
    assert {"cooks": "not observed", "shares": "not observed", "digs": "single mention"} == {
        row["subcategory"]: row["pattern_without"] for row in rows
    }


def test_waves(tmp_path):
    _, coded = study(tmp_path, WAVES)
    table = compare(coded, by="wave")
    assert {"2019": (2, 2), "2022": (1, 2)} == presence(table, "cooks")
    assert [True] == [
        w.startswith("In more than one group: S1.") for w in table.attrs["warnings"] if "more than" in w
    ]
    assert {"outreach / 2019": 1, "shelter / 2019": 1, "shelter / 2022": 2} == compare(
        coded, by="service,wave"
    ).attrs["groups"]
    assert {"shelter": 2} == compare(coded, by="service", where="wave>2020").attrs["groups"]


def test_waves_may_make_the_groups_of_the_run(tmp_path):
    write_files(tmp_path, WAVES)
    coded = code(load_transcripts(tmp_path), make_codebook(KITCHEN), group_by="wave")
    assert {"2019/S1": "2019", "2019/S2": "2019", "2022/S1": "2022", "2022/S3": "2022"} == {
        s.transcript: s.group for s in coded.segments if s.participant
    }
    assert {"2019": 2, "2022": 2} == compare(coded).attrs["groups"]


def test_somebody_in_two_files_is_one_person_with_the_words_of_both(tmp_path):
    _, coded = study(tmp_path, WAVES)
    shelter = compare(coded, by="service", level="total").set_index("group").loc["shelter"]
    words = sum(s.words for s in coded.segments if s.participant in ("S1", "S3"))
    assert ({2}, {words}) == (set(shelter["participants_total"]), set(shelter["words"]))


def test_document_is_its_authors_words_paragraph_by_paragraph(tmp_path):
    material, coded = study(tmp_path, PAPERS)
    (paper,) = [t for t in material if t.id == "paper"]
    assert ["# Soup: a strategy", "Aim: we cook soup.", "Aim: we bake bread.\nIt is shared."] == [
        paper.text[turn.start : turn.end] for turn in paper.turns
    ]
    assert {"Ministry of Soup"} == {turn.participant for turn in paper.turns}
    groups = compare(coded).attrs["groups"]
    assert {"policy": 1, "research": 1, "S": 1} == groups
    assert {"document", "field note", "go-along"} == {*compare(coded, by="kind").attrs["groups"]}
    by_turn = code(material, make_codebook(KITCHEN), unit="turn").codings
    assert ["paper:1", "paper:2", "paper:3"] == sorted(
        {c.segment_id for c in by_turn if c.transcript == "paper"}
    )


def test_document_stands_for_an_author_where_none_is_named(tmp_path):
    material, _ = study(tmp_path, PAPERS)
    (note,) = [t for t in material if t.id == "note"]
    assert ["note", "note"] == [turn.participant for turn in note.turns]


def test_authors_and_documents_are_not_taken_for_labels_that_somebody_should_explain(tmp_path):
    write_files(tmp_path, PAPERS)
    assert [] == [warning for warning in load_transcripts(tmp_path).warnings if warning.rule == "no-table"]


def test_names_with_accents_are_the_same_however_they_are_written(tmp_path):
    one, two = (unicodedata.normalize(form, "Živilė") for form in ("NFC", "NFD"))
    write_files(
        tmp_path,
        {
            f"{two}.txt": f"I: Ir?\n{two}: Taip.\n",
            "participants.csv": f"participant,group\n{one},L\n",
            "transcripts.csv": f"transcript,wave,participants\n{one},2,{two}\n",
        },
    )
    (transcript,) = load_transcripts(tmp_path)
    assert ("2", one) == (transcript.attributes["wave"], transcript.turns[1].participant)


def test_go_along_binds_the_only_label_to_the_only_one_who_is_named(tmp_path):
    material, coded = study(tmp_path, PAPERS)
    (walk,) = [t for t in material if t.id == "walk"]
    assert ["", "S1", "", "S1"] == [turn.participant for turn in walk.turns]
    assert {"the harbour": 1} == compare(coded, where="kind=go-along", by="place").attrs["groups"]


LABELS = {
    "S1+S2: Yes.": ["S1 + S2"],
    "S1 + S2: Yes.": ["S1 + S2"],
    "S1 & S2: Yes.": ["S1 + S2"],
    "S1/S2: Yes.": ["S1 + S2"],
    "S1 and S2: Yes.": ["S1 + S2"],
    "S1 ir S2: Taip.": ["S1 + S2"],
    "S2 & S1 (00:01:02): Yes.": ["S2 + S1"],
    "[S1 & S2] Yes.": ["S1 + S2"],
    "**S1 & S2:** Yes.": ["S1 + S2"],
    "Both: Yes.": ["S1 + S2"],
    "ALL: Yes.": ["S1 + S2"],
    "Everyone: Yes.": ["S1 + S2"],
    "All\nof it.": [],  # speech, not a label
    "Alle: ja.": [],
    "He said so and S2: no.": [],
    "This and that: all.": [],
}


@pytest.mark.parametrize(("line", "expected"), LABELS.items(), ids=LABELS)
def test_labels_of_several_who_speak_together(tmp_path, line, expected):
    write_files(tmp_path, {"duo.txt": f"I: Well?\nS1: I cook.\nS2: I dig.\n{line}\n"})
    (transcript,) = load_transcripts(tmp_path)
    assert ["", "S1", "S2", *expected] == [turn.participant for turn in transcript.turns]


def test_names_that_speak_alone_may_speak_together(tmp_path):
    write_files(
        tmp_path,
        {"duo.txt": "I: Well?\nAnna: I cook.\nPiotr: I dig.\nAnna: No.\nPiotr: No.\nAnna i Piotr: Tak.\n"},
    )
    (transcript,) = load_transcripts(tmp_path)
    assert "Anna + Piotr" == transcript.turns[-1].participant


def test_both_of_those_who_are_named_where_one_is_silent_before(tmp_path):
    write_files(
        tmp_path,
        {
            "t.txt": "I: Well?\nBoth: Yes.\nS1: I cook.\n",
            "transcripts.csv": "transcript,participants\nt,S1; S2\n",
        },
    )
    (transcript,) = load_transcripts(tmp_path)
    assert ["", "S1 + S2", "S1"] == [turn.participant for turn in transcript.turns]


FRONT = (
    "---\nparticipant: S1\nkind: go-along\nwave: 2\nlanguage: LT\nyears: 3\n---\nI: Na?\n"
    "R: [language: en] Well.\nR: Na.\n"
)


def test_front_matter_says_what_is_the_conversations_and_what_the_participants(tmp_path):
    write_files(tmp_path, {"t.txt": FRONT})
    material = load_transcripts(tmp_path)
    (transcript,) = material
    assert {"kind": "go-along", "wave": "2", "language": "lt", "event": "t"} == transcript.attributes
    assert ({"years", "group"}, "en") == (
        {*material.participants[0].attributes},
        transcript.turns[1].language,
    )


def test_two_waves_in_front_matter_are_no_contradiction(tmp_path):
    write_files(
        tmp_path,
        {f"{wave}.txt": f"---\nparticipant: S1\nwave: {wave}\n---\nR: I dig {wave}.\n" for wave in (1, 2)},
    )
    assert [] == [w for w in load_transcripts(tmp_path).warnings if w.rule == "contradiction"]


FAULTS = {
    "transcript,kind\nnowhere,pair\n": [(2, 1, "unknown-transcript")],
    "transcript,kind\nS1,pear\n": [(2, 2, "bad-kind")],
    "transcript,kind\nS1,pair\nS1.txt,pair\n": [(3, 1, "duplicate-transcript")],
    "transcript,participants\nS1,S1; S9\n": [(2, 2, "unknown-participant")],
    "transcript,language\nS1,Lithuanian\n": [(2, 2, "bad-language")],
    "transcirpt,kind\nS1,pair\n": [(1, 1, "missing-column")],
    "transcript,wave,wave\nS1,1,2\n": [(1, 3, "duplicate-column")],
    "transcript,wave\nS1,1,2\n": [(2, 3, "bad-csv")],
    "transcript,wave\n,1\n": [(2, 1, "missing-transcript")],
    "speaker,text\nS1,I cook.\n": [(1, 1, "missing-column")],
    "": [(1, 1, "missing-column")],
}


@pytest.mark.parametrize(("table", "expected"), FAULTS.items(), ids=[repr(table) for table in FAULTS])
def test_faults_of_the_transcripts_table_have_a_place(tmp_path, table, expected):
    write_files(
        tmp_path,
        {
            "S1.txt": "I: Well?\nS1: I cook.\n",
            "participants.csv": "participant,group\nS1,S\n",
            "transcripts.csv": table,
        },
    )
    with pytest.raises(TranscriptError) as error:
        load_transcripts(tmp_path)
    assert expected == [(fault.line, fault.column, fault.rule) for fault in error.value.faults]
    assert all(fault.path.endswith("transcripts.csv") for fault in error.value.faults)


def test_unknown_kind_and_transcript_have_hints(tmp_path):
    write_files(
        tmp_path, {"S1.txt": "S1: I cook.\n", "transcripts.csv": "transcript,kind\nS11,focus gruop\n"}
    )
    with pytest.raises(TranscriptError, match="Did you mean focus group"):
        load_transcripts(tmp_path)
    write_files(tmp_path, {"transcripts.csv": "transcript,kind\nS11,focus group\n"})
    with pytest.raises(TranscriptError, match="Did you mean S1"):
        load_transcripts(tmp_path)


def test_one_file_of_a_study_is_read_with_its_row_alone(tmp_path):
    write_files(tmp_path, FORUM)
    survey = survey_transcripts(tmp_path / "forum2.txt")
    assert ([], "autumn forum") == ([*survey.faults], survey.transcripts[0].attributes["event"])


def test_table_of_turns_that_is_named_is_read_as_a_transcript(tmp_path):
    write_files(tmp_path, {"transcripts.csv": "speaker,text\nI,Well?\nS1,I cook.\n"})
    (transcript,) = load_transcripts(tmp_path / "transcripts.csv")
    assert ["", "S1"] == [turn.participant for turn in transcript.turns]


def test_transcripts_table_as_a_workbook(tmp_path):
    from openpyxl import Workbook

    write_files(tmp_path, {"S1.txt": "I: Well?\nS1: I cook.\n"})
    book = Workbook()
    book.active.append(["transcript", "wave", "kind"])
    book.active.append(["S1", 2019, "interview"])
    book.save(tmp_path / "transcripts.xlsx")
    (transcript,) = load_transcripts(tmp_path)
    assert {"wave": "2019", "kind": "interview", "event": "S1"} == transcript.attributes


def test_attribute_that_participants_have_is_not_hidden_by_what_goes_without_saying(tmp_path):
    write_files(
        tmp_path,
        {"S1.txt": "I: Well?\nS1: I cook.\n", "participants.csv": "participant,group,kind\nS1,S,cook\n"},
    )
    (transcript,) = load_transcripts(tmp_path)
    assert {"event": "S1"} == transcript.attributes


def test_a_kind_that_does_not_fit_its_speakers_is_odd(tmp_path):
    table = "transcript,kind\nduo,interview\nS3,pair\nS4,go-along\n"
    write_files(tmp_path, {**PAIR, "transcripts.csv": table})
    findings = check_transcripts(tmp_path).findings
    assert {
        "duo.txt": "its kind is 'interview', but 2 participants speak: pair",
        "S3.txt": "its kind is 'pair', but 1 participant speaks: interview",
    } == {fault.path.rpartition("/")[2]: fault.message for fault in findings if fault.rule == "other-kind"}


def test_ten_thousand_speakers_take_no_time_and_have_no_voice_together(tmp_path):
    crowd = "".join(f"P{number}: Soup.\n" for number in range(10_000))
    write_files(tmp_path, {"crowd.txt": f"{crowd}P1 & P2: Yes.\nAll: No.\n"})
    began = time.perf_counter()
    (transcript,) = load_transcripts(tmp_path)
    assert 20 > time.perf_counter() - began
    assert ("P1 + P2", "") == tuple(turn.participant for turn in transcript.turns[-2:])
    assert "unknown speaker" == transcript.turns[-1].left_out


def as_user(folder, monkeypatch, files, *args):
    """Code a study in its folder as a user does, then run a command."""
    monkeypatch.chdir(write_files(folder, {f"transcripts/{name}": text for name, text in files.items()}))
    write_files(folder, {"kitchen.yaml": codebook_text(KITCHEN)})
    coded = CliRunner().invoke(app, ["code", "transcripts", "--codebook", "kitchen.yaml", "--quiet"])
    assert (0, "") == (coded.exit_code, coded.stdout)
    return CliRunner().invoke(app, [*args])


def test_cli_compares_roles_by_person_and_by_event(tmp_path, monkeypatch):
    command = ["compare", "--by", "role", "--level", "subcategory", "--format", "csv"]
    people_of = as_user(tmp_path, monkeypatch, FORUM, *command)
    events_of = CliRunner().invoke(app, [*command, "--count", "event"])
    for done, columns in ((people_of, "participants,participants_total"), (events_of, "events,events_total")):
        assert 0 == done.exit_code
        assert columns in done.stdout.splitlines()[0]
    assert ",policy,2,2," in people_of.stdout
    assert ",advocacy,1,2," in events_of.stdout


def test_cli_events_fit_eighty_columns_and_say_what_is_counted(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    done = as_user(tmp_path, monkeypatch, FORUM, "compare", "--by", "role", "--count", "event")
    assert "G6 = policy: 2 events, 5 segments (sentence)" in done.stdout
    assert "n/N: events with a" in done.stdout
    assert 80 >= max(map(len, done.stdout.splitlines()))


@pytest.mark.parametrize(
    ("files", "by", "expected"),
    [(PAIR, "service", "outreach,"), (WAVES, "wave", "2019,"), (WAVES, "service,wave", "shelter / 2022,"),
     (PAPERS, "kind", "field note,")],
    ids=["pair", "waves", "service and wave", "documents"],
)  # fmt: skip
def test_cli_compares_designs(tmp_path, monkeypatch, files, by, expected):
    done = as_user(tmp_path, monkeypatch, files, "compare", "--by", by, "--format", "csv")
    assert (0, True) == (done.exit_code, expected in done.stdout), done.stderr


def test_cli_misspelt_count_and_attribute_say_what_there_is(tmp_path, monkeypatch):
    done = as_user(tmp_path, monkeypatch, WAVES, "compare", "--by", "wafe")
    assert (2, True) == (done.exit_code, "Did you mean wave?" in done.stderr)
    assert 2 == CliRunner().invoke(app, ["compare", "--count", "evnt"]).exit_code


def outcome(folder):
    """Give the transcripts that are understood, or what is wrong."""
    try:
        return " ".join(transcript.id for transcript in survey_transcripts(folder).transcripts)
    except TranscriptError as fault:
        return str(fault)


@pytest.mark.parametrize("seed", range(60))
def test_a_broken_transcripts_table_is_read_or_said_to_be_wrong(tmp_path, seed):
    table = mutated(PAPERS["transcripts.csv"], random.Random(seed))
    write_files(tmp_path, {**PAPERS, "transcripts.csv": table})
    found = outcome(tmp_path)
    assert found == "note paper walk" or "transcripts.csv" in found


def test_the_examples_of_the_page_can_be_read(tmp_path):
    page = (Path(__file__).parent.parent / "docs" / "designs.md").read_text(encoding="utf-8")
    table, talk = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    (guide,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    write_files(tmp_path, {"study.yaml": guide, "transcripts.csv": table})
    assert ["background", "first_meeting", "network"] == [
        section.id for section in read_settings(tmp_path / "study.yaml").sections
    ]
    assert ("Ministry",) == read_transcripts_table([tmp_path / "transcripts.csv"])[
        "strategy"
    ].about.participants
    write_files(tmp_path / "talk", {"duo.txt": talk})
    (transcript,) = load_transcripts(tmp_path / "talk")
    assert ["S1", "S2", "S1 + S2", "S1 + S2"] == [turn.participant for turn in transcript.turns]
