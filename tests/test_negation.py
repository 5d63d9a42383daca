from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import fired, judged

AFFIRMED = [
    # plain
    ("judge", "They judged me."),
    ("listen", "She always listened to me."),
    # direction: a cue of the kind that stands before does not work backwards
    ("judge", "They judge people, never mind who."),
    ("listen", "She listened and I did not expect that."),
    ("decide", "I decide, not you."),
    ("respect", "He respected me, nobody else did."),
    # reach
    ("judge", "Nobody in the whole of that big place judged me."),
    ("decide", "I never in all of my long life wanted to decide."),
    # ends
    ("judge", "I didn't like it but they judged me."),
    ("judge", "I wasn't well although they judged me."),
    ("decide", "It was not easy because I decided alone."),
    ("listen", "I could not talk until she listened."),
    ("listen", "I was not well and they listened."),
    ("decide", "I do not go there so I decide myself."),
    ("listen", "I never feel safe unless somebody listens."),
    ("judge", "I do not go when they judge me."),
    ("judge", "It isn't safe if they judge."),
    ("listen", "He never came, so she listened."),
    ("listen", "It was not nice and the nurse would listen."),
    # punctuation
    ("judge", "I never went; they judge people."),
    ("judge", "I never went – they judge people."),
    ("judge", "Not me... they judge people."),
    ("judge", "Not me: they judge people."),
    ("judge", "I'd never (they judge people) go."),
    ("listen", "No, they listened."),
    ("listen", "No, the worker listened."),
    ("listen", "No. They listened."),
    ("listen", "I was not there, and they listened anyway."),
    ("judge", "I did not go [pause] they judge people."),
    ("judge", "I did not meet <name> judging me."),
    # pseudo-cues
    ("listen", "They not only listened, they helped."),
    ("listen", "They did not just listen."),
    ("listen", "No doubt she listened."),
    ("judge", "No wonder they judge."),
    ("judge", "No matter what, they judge."),
    ("listen", "She never failed to listen."),
    ("listen", "She didn't forget to listen."),
    ("listen", "I couldn't help but listen."),
    ("decide", "Why not decide together?"),
    ("decide", "Why don't you decide?"),
    ("judge", "Never mind, they judge everybody."),
    ("judge", "They judge you, don't they?"),
    ("judge", "Isn't it that they judge?"),
    ("decide", "You know whether or not to decide."),
    ("listen", "Nothing but listening."),
    ("listen", "Not to mention that she listened."),
    ("listen", "It was not so bad that they listened."),
    ("decide", "I can't wait to decide."),
    # a cue's word inside another word, a mark, or part of the indicator
    ("judge", "Notably they judge."),
    ("judge", "The [not] people judge."),
    ("judge", "<nobody> judges me."),
    ("no judgment", "There was no judgment."),
    ("without pressure", "We talk without pressure."),
    ("do not judge", "They don't judge."),
    ("(never|) judge", "They never judge."),
    ("instead of judge", "They help instead of judging."),
]
HELD = [
    ("judge", "They don't judge me.", "don't"),
    ("judge", "They don’t judge me.", "don’t"),
    ("judge", "They DO NOT judge me.", "NOT"),
    ("judge", "They cannot judge me.", "cannot"),
    ("judge", "They ain't judging me.", "ain't"),
    ("judge", "They won't judge.", "won't"),
    ("judge", "She never judged me.", "never"),
    ("judge", "Nobody judges you here.", "Nobody"),
    ("judge", "No one judges you here.", "No one"),
    ("judge", "None of them judged me.", "None"),
    ("judge", "She neither judged me nor pushed me.", "neither"),
    ("judge", "There is no judging.", "no"),
    ("judge", "They help without judging people.", "without"),
    ("judge", "They ask rather than judge.", "rather than"),
    ("judge", "They ask instead of judging.", "instead of"),
    ("judge", "They hardly judge.", "hardly"),
    ("judge", "They rarely ever judge.", "rarely"),
    ("listen", "He refused to listen.", "refused to"),
    ("listen", "They failed to listen.", "failed to"),
    ("listen", "They always forget to listen.", "forget to"),
    ("judge", "We avoid judging.", "avoid"),
    ("judge", "We're far from judging.", "far from"),
    ("judge", "I am anything but judging.", "anything but"),
    ("force people", "I'm against forcing people.", "I'm against"),
    ("trust", "There was a lack of trust.", "lack of"),
    ("judge", "The last thing we do is judge.", "The last thing"),
    # after
    ("push people", "Pushing people is not on.", "is not on"),
    ("push people", "Pushing people is not how we work.", "is not how"),
    ("push people", "Pushing people isn't my job.", "isn't my job"),
    ("push people", "Pushing people is out of the question.", "out of the question"),
    ("push people", "Pushing people doesn't work.", "doesn't work"),
    ("push people", "Pushing people never works.", "never works"),
    ("push people", "Pushing people is wrong.", "is wrong"),
    ("push people", "Pushing people gets you nowhere.", "gets you nowhere"),
    # reach: five words between still, a comma in a list still
    ("judge", "Nobody in that very big place judged me.", "Nobody"),
    ("judge", "I was not pushed, blamed, judged.", "not"),
    ("judge", "I was never, ever judged.", "never"),
    ("decide", "They don't want me to decide.", "don't"),
    ("judge", "I don't think that they judge me.", "don't"),
    ("decide", "She never asked what I decided.", "never"),
    # the nearer of two
    ("judge", "Nobody ever, never judged me.", "never"),
    ("judge", "I don't want nobody judging me.", "nobody"),
    # a cue in a gap of the indicator
    ("let ... decide", "They let me not decide.", "not"),
    ("want ... help", "I want no help.", "no"),
    ("give ... choice", "They gave us no choice.", "no"),
    # an end or a pseudo-cue further off
    ("judge", "Because of that they never judge.", "never"),
    ("judge", "I was ill but they never judged me.", "never"),
    ("judge", "No doubt they never judge.", "never"),
    ("listen", "If nobody listens, I go.", "nobody"),
    # quotation marks and hyphens do not end a reach
    ("judge", "They never 'judge' me.", "never"),
    ("judge", "They _never_ judge me.", "never"),
    ("judge", "They never -judge- me.", "never"),
    ("judge", "They never\njudge me.", "never"),
]


@pytest.mark.parametrize(("rule", "text"), AFFIRMED)
def test_negation_leaves_affirmed_use_alone(rule: str, text: str) -> None:
    assert [("", "")] == [(reason, cue) for _, reason, cue in judged(rule, text)]


@pytest.mark.parametrize(("rule", "text", "cue"), HELD)
def test_negation_holds_back_and_names_the_cue(rule: str, text: str, cue: str) -> None:
    assert [("negated", cue)] == [(reason, found) for _, reason, found in judged(rule, text)]


@pytest.mark.parametrize(
    "text",
    [
        "They _don't_ judge us.",
        "They dont judge us.",
        "They didnt judge us.",
        "She cant judge us.",
        "They donʼt judge us.",
    ],
)
def test_negation_is_seen_however_the_contraction_is_written(text: str) -> None:
    assert ["negated"] == [reason for _, reason, _ in judged("judge", text)]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("judge", "They never asked him/her to judge."),
        ("judge", "They never let Dr. Miller judge."),
        ("judge", "We do it not to judge anyone."),
        ("push people", "Pushing people, that's not on."),
        ("push people", "Pushing people, it doesn't work."),
        ("listen", "I don't know anyone who listens."),
        ("listen", "I can't say they listened."),
        ("judge", "It's not that they judge me."),
        ("listen", "They did not really listen."),
        ("listen", "They didn't even listen."),
        ("judge", "It's not like they judge you."),
        ("judge", "They're not there to judge you."),
        ("judge", "You won't get judged here."),
        ("judge", "At no point was I judged."),
    ],
)
def test_negation_in_lay_speech_is_held_back(rule: str, text: str) -> None:
    assert ["negated"] == [reason for _, reason, _ in judged(rule, text)]


@pytest.mark.parametrize(
    ("rule", "text"),
    [("(to|) judge", "They refused to judge."), ("of pressure", "There is a lack of pressure.")],
)
def test_negation_cue_that_only_overlaps_the_indicator_still_counts(rule: str, text: str) -> None:
    assert [] == fired(rule, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nobody is forced.", [("Nobody is forced", "", "")]),
        ("They were never, ever forced.", [("never, ever forced", "", "")]),
        ("Forced, no.", [("Forced", "not negated", "")]),
        ("They are forced.", [("forced", "not negated", "")]),
        ("Being forced is not on.", [("forced is not on", "", "")]),
        ("I did not go and they forced me.", [("forced", "not negated", "")]),
    ],
)
def test_negation_required_puts_the_cue_into_the_evidence(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert expected == judged({"phrase": "forced", "negated": "require"}, text)


@pytest.mark.parametrize("text", ["They judge.", "They never judge."])
def test_negation_any_fires_either_way_on_its_own_words(text: str) -> None:
    assert [("judge", "", "")] == judged({"phrase": "judge", "negated": "any"}, text)


@pytest.mark.parametrize("text", ["They judge.", "They never judge."])
def test_negation_exclude_and_require_are_opposites(text: str) -> None:
    assert bool(fired("judge", text)) is not bool(fired({"phrase": "judge", "negated": "require"}, text))


@pytest.mark.parametrize(
    ("section", "text", "expected"),
    [
        ({}, "They never judge.", "negated"),
        ({"before": ["nowise"]}, "They nowise judge.", "negated"),
        ({"before": ["nowise"]}, "They never judge.", "negated"),
        ({"before": ["nowise"], "replace": True}, "They never judge.", ""),
        ({"before": ["nowise"], "replace": True}, "They nowise judge.", "negated"),
        ({"before": ["nowise"], "replace": True}, "Judging is wrong.", "negated"),
        ({"before": [], "replace": True}, "They never judge.", ""),
        ({"after": [], "replace": True}, "Judging is wrong.", ""),
        ({"after": [], "replace": True}, "They never judge.", "negated"),
        ({"after": ["be a sin"]}, "Judging is a sin.", "negated"),
        ({"not_a_cue": ["never ever"]}, "They never ever judge.", ""),
        ({"not_a_cue": [], "replace": True}, "They not only judge.", "negated"),
        ({"ends": ["somehow"]}, "They never somehow judge.", ""),
        ({"ends": [], "replace": True}, "Not me but they judge.", "negated"),
        ({"comma_before": ["dear"]}, "They never, dear me, judge.", ""),
        ({"comma_before": [], "replace": True}, "Not me, they judge.", "negated"),
        ({"reach": 1}, "They never judge.", "negated"),
        ({"reach": 1}, "They never ever judge.", ""),
        ({"reach": 2}, "They never ever judge.", "negated"),
        ({"reach": 8}, "Never in the whole big old place judge.", "negated"),
        ({"replace": True}, "They never judge.", "negated"),
        ({"before": ["(no|not one) single"]}, "They have not one single judging eye.", "negated"),
    ],
)
def test_negation_lists_are_edited_in_the_codebook(
    section: dict[str, object], text: str, expected: str
) -> None:
    assert [expected] == [reason for _, reason, _ in judged("judge", text, cues={"negated": section})]


@given(
    st.lists(
        st.sampled_from(["judge", "never", "not", "but", ",", ";", "x", "[m]", "wrong", "is"]), max_size=12
    )
)
def test_negation_every_occurrence_is_either_fired_or_held_back(words: list[str]) -> None:
    text = " ".join(words)
    assert text.count("judge") == len(judged("judge", text))


@given(st.lists(st.sampled_from(["judge", "never", "but", ",", "x", "[m]", "is wrong"]), max_size=12))
def test_negation_require_fires_just_where_exclude_holds_back(words: list[str]) -> None:
    text = " ".join(words)
    held = [reason for _, reason, _ in judged("judge", text) if reason]
    assert bool(held) == bool(fired({"phrase": "judge", "negated": "require"}, text))


@given(st.lists(st.sampled_from(["judge", "never", "x", "but", "[m]", ","]), max_size=12))
def test_negation_evidence_of_required_cues_never_holds_a_mark(words: list[str]) -> None:
    found = fired({"phrase": "judge", "negated": "require"}, " ".join(words))
    assert not [evidence for evidence in found if "[" in evidence]
