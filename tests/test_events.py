"""Focus groups: who is counted, by person and by event."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_coded
from hrcode.analysis.compare import compare
from hrcode.errors import StudyError

ROLES = {"P1": "policy", "P2": "policy", "H1": "health", "H2": "health", "N1": "nightlife"}
TALK = [("P1", 10), ("H1", 10), ("N1", 10), ("P1 + H1", 4), ("P2", 10), ("H2", 10), ("P1", 6)]
EVENT_OF = ["one", "one", "one", "one", "two", "two", "two"]
CODINGS = [(0, "food/cooks"), (3, "food/cooks"), (4, "food/cooks")]


def two_groups(codings=CODINGS):
    """Make two events with people of three roles; P1 speaks in both, and once with H1."""
    coded = make_coded({p: {"group": r, "role": r} for p, r in ROLES.items()}, TALK, codings, ["food/cooks"])
    segments = tuple(
        s._replace(transcript=event, segment_id=f"{event}:{s.turn}.1")
        for s, event in zip(coded.segments, EVENT_OF, strict=True)
    )
    places = {old.segment_id: new for old, new in zip(coded.segments, segments, strict=True)}
    rows = tuple(
        replace(c, transcript=places[c.segment_id].transcript, segment_id=places[c.segment_id].segment_id)
        for c in coded.codings
    )
    about = {"one": {"kind": "focus group", "event": "Vilnius"}, "two": {"kind": "focus group"}}
    return replace(coded, segments=segments, codings=rows, transcripts=about)


def cells(table, *columns):
    rows = table[table["level"] == "subcategory"].to_dict("records")
    return {row["group"]: tuple(row[column] for column in columns) for row in rows}


def test_by_person_and_by_event():
    coded = two_groups()
    people = cells(compare(coded, by="role"), "participants", "participants_total", "segments", "codings")
    events = cells(compare(coded, by="role", count="event"), "events", "events_total", "segments", "codings")
    assert {"policy": (2, 2, 3, 3), "health": (1, 2, 1, 1), "nightlife": (0, 1, 0, 0)} == people
    assert {"policy": (2, 2, 3, 3), "health": (1, 2, 1, 1), "nightlife": (0, 1, 0, 0)} == events


def test_an_event_is_counted_once_however_many_of_a_group_speak_in_it():
    coded = two_groups([(3, "food/cooks"), (4, "food/cooks"), (6, "food/cooks")])
    by_kind = compare(coded, by="kind", count="event")
    assert {"focus group": (2, 2, 3)} == cells(by_kind, "events", "events_total", "segments")
    assert {"focus group": (3, 5)} == cells(compare(coded, by="kind"), "participants", "participants_total")


def test_words_of_an_event_are_those_said_in_it_once():
    coded = two_groups()
    table = compare(coded, by="event", count="event")
    assert {"Vilnius": (34, 2), "(not stated)": (26, 1)} == cells(table, "words", "codings")
    assert 60 == sum(s.words for s in coded.segments)


def test_speakers_of_one_event_are_said_not_to_be_independent_unless_events_are_counted():
    coded = two_groups()
    (said,) = [w for w in compare(coded).attrs["warnings"] if "one event" in w]
    assert "Vilnius (3), two (3)" in said
    assert not [w for w in compare(coded, count="event").attrs["warnings"] if "one event" in w]


def test_the_rule_names_what_is_counted():
    rule = compare(two_groups(), count="event").attrs["rule"]
    assert "by events" in rule
    assert "person" not in rule


def test_a_transcript_without_an_event_is_one():
    coded = replace(two_groups(), transcripts={})
    assert {"policy": (2,)} == {
        group: row
        for group, row in cells(compare(coded, count="event"), "events_total").items()
        if group == "policy"
    }


def test_unknown_count_is_refused_with_a_hint():
    with pytest.raises(StudyError, match="Did you mean event"):
        compare(two_groups(), count="events")


PEOPLE = [*ROLES, "P1 + H1", "P1 + P2 + N1"]


@given(
    st.lists(
        st.tuples(st.sampled_from(PEOPLE), st.sampled_from(["a", "b", "c"]), st.sampled_from(["", "x", "y"])),
        min_size=1, max_size=12,
    ),
    st.data(),
)  # fmt: skip
def test_sums_and_bases_hold_for_any_events_and_sections(talk, data):
    codings = data.draw(st.lists(st.sampled_from(range(len(talk))), max_size=8))
    made = make_coded(
        {p: {"group": r, "role": r} for p, r in ROLES.items()},
        [(who, 5) for who, _, _ in talk],
        [(i, "food/cooks") for i in codings],
        ["food/cooks"],
    )
    segments = tuple(
        s._replace(transcript=event, section=section)
        for s, (_, event, section) in zip(made.segments, talk, strict=True)
    )
    coded = replace(made, segments=segments, transcripts={event: {"event": event} for event in "abc"})
    for by in ("event", "section"):
        for count in ("participant", "event"):
            table = compare(coded, by=by, level="subcategory", count=count)
            columns = ["events" if count == "event" else "participants"]
            assert len(codings) == table["codings"].sum()
            assert 5 * len(talk) == table["words"].sum()
            assert all(table[columns[0]] <= table[f"{columns[0]}_total"])
    by_role = compare(coded, by="role", level="subcategory", count="event")
    heard = {(ROLES[person], event) for who, event, _ in talk for person in who.split(" + ")}
    assert Counter(role for role, _ in heard) == Counter(
        {row["group"]: row["events_total"] for row in by_role.to_dict("records")}
    )
