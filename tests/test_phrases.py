from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import fired, judged
from hrcode.indicators.phrase_syntax import MAX_PHRASE, PhraseFault, parse_phrase
from hrcode.language.words import tokens

FOUND = [
    # inflected forms, case
    ("decide", "She decides.", ["decides"]),
    ("decide", "DECIDED", ["DECIDED"]),
    ("Decide", "we are deciding", ["deciding"]),
    ("decide", "a decision", []),
    ("decide", "undecided", []),
    ("decided", "She decided.", ["decided"]),
    ("decided", "She decides.", []),
    ("person", "two persons", ["persons"]),
    ("person", "two people", []),
    ("leave", "She left.", ["left"]),
    ("left", "on the left", ["left"]),
    ("safe", "the safest place", ["safest"]),
    ("be safe", "We're safe.", ["We're safe"]),
    ("be safe", "He’s safe.", ["He’s safe"]),
    ("be safe", "They were safe.", ["were safe"]),
    ("have choice", "I've choices.", ["I've choices"]),
    ("them", "they", []),
    # several words side by side
    ("own choice", "my own choices", ["own choices"]),
    ("own choice", "own\n  choice", ["own\n  choice"]),
    ("own choice", "own big choice", []),
    ("own choice", "choice own", []),
    ("own choice", "His own. Choice is good.", []),
    ("own choice", "own", []),
    ("a a", "a a a", ["a a"]),
    ("take care", "takes care and took care", ["takes care", "took care"]),
    # exactly one form
    ("=decide", "to decide", ["decide"]),
    ("=decide", "she decides", []),
    ("=Decide", "to DECIDE", ["DECIDE"]),
    ("=needs", "my needs", ["needs"]),
    ("=needs", "my need", []),
    ("my =needs", "my needs", ["my needs"]),
    ("(=needs|=wants)", "she wants", ["wants"]),
    ("(=needs|=wants)", "she want", []),
    ("=do not", "they don't", ["don't"]),
    ("=don't", "they don’t", ["don’t"]),
    ("=don't", "they do not", []),
    ("=don't", "they doesn't", []),
    # alternatives
    ("(he|she) decide", "She decided.", ["She decided"]),
    ("(he|she) decide", "They decided.", []),
    ("(own decision|choice)", "an own decision", ["own decision"]),
    ("(own|own free) choice", "own free choice", ["own free choice"]),
    ("(a|a b) b c", "a b c", ["a b c"]),
    ("(a|a b) b c", "a b b c", ["a b b c"]),
    ("( he | she ) decide", "he decides", ["he decides"]),
    ("x(a|b)y", "x b y", ["x b y"]),
    ("(client|user)(want|need)", "clients need", ["clients need"]),
    # optional
    ("(very|) good", "very good", ["very good"]),
    ("(very|) good", "good", ["good"]),
    ("(very|) good", "very, good", ["good"]),
    ("so (very|) good", "so good", ["so good"]),
    ("so (very|) good", "so bad good", []),
    ("go (home|)", "go home", ["go home"]),
    ("go (home|)", "go away", ["go"]),
    ("go (home|)", "go, home", ["go"]),
    ("(not|) (so|) bad (at all|)", "bad", ["bad"]),
    ("(|very) good", "very good", ["very good"]),
    # wildcards
    ("harm*", "harmless", ["harmless"]),
    ("harm*", "harm", ["harm"]),
    ("harm*", "charm", []),
    ("*judg*", "nonjudgmental", ["nonjudgmental"]),
    ("non*ment*l", "nonjudgmental", ["nonjudgmental"]),
    ("Stigma*", "STIGMATISED", ["STIGMATISED"]),
    ("stigma**", "stigmatised", ["stigmatised"]),
    ("=harm*", "harmful", ["harmful"]),
    ("on my * terms", "on my own terms", ["on my own terms"]),
    ("on my * terms", "on my very own terms", []),
    ("on my * terms", "on my terms", []),
    ("on * * terms", "on my own terms", ["on my own terms"]),
    ("* terms", "own terms", ["own terms"]),
    ("* terms", "terms", []),
    ("* terms", "no, terms", []),
    ("on my * terms", "on my 'own' terms", ["on my 'own' terms"]),
    ("on my * terms", "on my [own] terms", []),
    # gaps
    ("keep ... alive", "keep alive", ["keep alive"]),
    ("keep ... alive", "keep them all safe and alive", ["keep them all safe and alive"]),
    ("keep ... alive", "keep them all safe and well alive", []),
    ("keep ... alive", "keep them, somehow, alive", ["keep them, somehow, alive"]),
    ("keep ... alive", "keep them alive and alive", ["keep them alive"]),
    ("keep ... alive", "Keep them. Alive they are.", []),
    ("keep … alive", "keep them alive", ["keep them alive"]),
    ("keep ... alive", "keep <name> alive", []),
    ("keep ... alive", "keep him [crying] still alive", []),
    ("keep ... alive", "keep him still [crying] alive", []),
    ("keep ... alive", "keep keep alive", ["keep keep alive"]),
    ("a ... b ... c", "a x b y c", ["a x b y c"]),
    ("a ... b c", "a b x b c", ["a b x b c"]),
    ("give ... (my|own) choice", "gave me back my choices", ["gave me back my choices"]),
    ("give (me|) ... choice", "gave, choice", ["gave, choice"]),
    ("a (b|) ... c", "a b x c", ["a b x c"]),
    ("a ... (b|) c", "a x c", ["a x c"]),
    ("a ... (b|) c", "a x b c", ["a x b c"]),
    ("a ... (b|) c", "a, c", ["a, c"]),
    ("a ... (b|) c", "a, b, c", ["a, b, c"]),
    ({"phrase": "keep ... alive", "gap": 0}, "keep alive", ["keep alive"]),
    ({"phrase": "keep ... alive", "gap": 0}, "keep, alive", ["keep, alive"]),
    ({"phrase": "keep ... alive", "gap": 0}, "keep him alive", []),
    ({"phrase": "keep ... alive", "gap": 1}, "keep him alive", ["keep him alive"]),
    ({"phrase": "keep ... alive", "gap": 1}, "keep him so alive", []),
    ({"phrase": "keep ... alive", "gap": 6}, "keep a b c d e f alive", ["keep a b c d e f alive"]),
    ({"phrase": "keep ... alive", "gap": 6}, "keep a b c d e f g alive", []),
    # exact
    ({"exact": "nothing about us"}, "Nothing about us!", ["Nothing about us"]),
    ({"exact": "decide"}, "she decides", []),
    ({"exact": "(decide|decides)"}, "she decides", ["decides"]),
    ({"exact": "harm*"}, "harmful", ["harmful"]),
    ({"exact": "on ... terms"}, "on our own terms", ["on our own terms"]),
    ({"exact": "can't"}, "I can’t", ["can’t"]),
    ({"exact": "can't"}, "I cannot", []),
    # hyphens
    ("non-judgmental", "non-judgmental", ["non-judgmental"]),
    ("non-judgmental", "non judgmental", ["non judgmental"]),
    ("non judgmental", "Non-Judgmental", ["Non-Judgmental"]),
    ("non-judgmental", "nonjudgmental", []),
    ("non-judgmental", "non‑judgmental", ["non‑judgmental"]),
    ("non‑judgmental", "non-judgmental", ["non-judgmental"]),
    ("non-judgmental", "non - judgmental", ["non - judgmental"]),
    ("non-judgmental", "non – judgmental", []),
    ("(one-to-one|group)", "one to one", ["one to one"]),
    ("follow-up", "follow-ups", ["follow-ups"]),
    ("=follow-up", "follow-ups", []),
    ("=followed-up", "followed-up", ["followed-up"]),
    ("=follow-up", "followed-up", []),
    ("(=follow-up|x)", "follow-ups", []),
    # contractions
    ("not judge", "they don't judge", ["don't judge"]),
    ("do not judge", "they don't judge", ["don't judge"]),
    ("do not judge", "they didn’t judge", ["didn’t judge"]),
    ("can not decide", "she can't decide", ["can't decide"]),
    ("can not decide", "she cannot decide", ["cannot decide"]),
    ("cannot decide", "she can not decide", ["can not decide"]),
    ("will not stop", "he won't stop", ["won't stop"]),
    ("shall not stop", "I shan't stop", ["shan't stop"]),
    ("don't judge", "they don't judge", ["don't judge"]),
    ("would like", "I'd like", ["I'd like"]),
    ("client choice", "the client's choice", []),
    ("client's choice", "the client’s choice", ["client’s choice"]),
    # punctuation
    ("own choice", "own, choice", []),
    ("own choice", "own; choice", []),
    ("own choice", "own — choice", []),
    ("own choice", "own... choice", []),
    ("own choice", "own (choice)", []),
    ("own choice", "own 'choice'", ["own 'choice"]),
    ("own choice", "“own” choice", ["own” choice"]),
    ("own choice", "*own* _choice_", ["own* _choice"]),
    ("own choice", "(own choice)", ["own choice"]),
    ("own choice", "- own choice", ["own choice"]),
    # marks
    ("own choice", "own [pause] choice", []),
    ("own choice", "own <name> choice", []),
    ("own choice", "[own choice] here", []),
    ("own choice", "[a] own choice [b]", ["own choice"]),
    ("laugh", "[laughs] She laughed.", ["laughed"]),
    # other scripts and signs
    ("café", "the cafe\u0301", ["cafe\u0301"]),
    ("cafe\u0301", "the café", ["café"]),
    ("24 hours", "24 hours", ["24 hours"]),
    ("decide", "😀 decide 😀", ["decide"]),
    # overlapping occurrences
    ("very (very|) good", "very very good", ["very very good"]),
    ("a b (a|)", "a b a b a", ["a b a"]),
]


@pytest.mark.parametrize(("rule", "text", "expected"), FOUND)
def test_phrases_find_their_words(rule: str | dict[str, object], text: str, expected: list[str]) -> None:
    negated = {"negated": "any"}
    rule = {"phrase": rule, **negated} if isinstance(rule, str) else {**rule, **negated}
    assert expected == fired(rule, text)


@pytest.mark.parametrize(
    ("phrase", "word"),
    [
        ("", "no word"),
        ("   ", "no word"),
        ("*", "no word"),
        ("* *", "no word"),
        ("(very|)", "no word"),
        ("(*|good)", "no word"),
        ("()", "no word"),
        ("(|)", "no word"),
        ("-", "no word"),
        ("=*", "no word"),
        ("...", "gap"),
        ("…", "gap"),
        ("... good", "gap"),
        ("good ...", "gap"),
        ("good ... ...", "gap"),
        ("good ... (very|)", "missing"),
        ("good ... (very|) (much|)", "missing"),
        ("(good", "bracket"),
        ("good)", "bracket"),
        ("((good))", "bracket"),
        ("(a (b|c))", "bracket"),
        (")(", "bracket"),
        ("good|bad", "brackets"),
        ("|", "brackets"),
        ("(a|b)|c", "brackets"),
        ("a*", "two letters"),
        ("*a", "two letters"),
        ("**", "wildcard"),
        ("good!", "sign"),
        ("good, bad", "sign"),
        ("a.b", "sign"),
        ("a...b", "sign"),
        ("(a ... b|c)", "sign"),
        ("[good]", "sign"),
        ("<good>", "sign"),
        ("good [x]", "sign"),
        ("a/b", "sign"),
        ("^good$", "sign"),
        ("go+d", "sign"),
        ("{LEMMA: good}", "sign"),
        ("=", "sign"),
        ("==good", "sign"),
        ("= good", "sign"),
        ("good=", "sign"),
        ("=(a|b)", "sign"),
        ("'good'", "sign"),
        ("😀", "sign"),
        ("_good_", "sign"),
        ("good " * 1_000, "longer"),
    ],
)
def test_phrases_that_cannot_be_read_are_refused(phrase: str, word: str) -> None:
    with pytest.raises(PhraseFault, match=word):
        parse_phrase(phrase)


def test_phrases_of_the_largest_length_are_read() -> None:
    assert MAX_PHRASE // 2 == len(parse_phrase("a " * (MAX_PHRASE // 2)))


@given(st.text(st.sampled_from("ab(|) .*=-'…ҳ[n,t"), max_size=25))
def test_phrases_are_read_or_refused_whatever_they_hold(text: str) -> None:
    with contextlib.suppress(PhraseFault):
        assert parse_phrase(text)


WORDS = st.lists(
    st.sampled_from(["they", "don't", "decide", "cannot", "very", "non-judgmental", "left", "'s", "é"]),
    min_size=1,
    max_size=6,
)


@given(WORDS, st.sampled_from(["phrase", "exact"]))
def test_phrases_made_of_the_words_of_a_sentence_match_it(words: list[str], kind: str) -> None:
    text = " ".join(words)
    expected = text.removeprefix("-")
    assert [expected] == fired({kind: text, "negated": "any"}, text)


@given(st.text(st.sampled_from("abn'tcéſİ"), min_size=1, max_size=8).filter(str.isalnum))
def test_phrases_of_one_word_match_that_word_in_capitals(word: str) -> None:
    found = [token.form for token in tokens(word.upper(), 0, len(word.upper()))]
    expected = [word.upper()] if found == [word.lower()] else fired(word, word.upper())
    assert expected == fired(word, word.upper())


@given(
    st.lists(st.sampled_from(["a", "b", "c", "x", ",", "[m]"]), max_size=14),
    st.sampled_from(["a ... c", "a (b|) c", "(a|b) * c", "a b", "(x|) a ... (b|x) c"]),
)
def test_phrases_never_span_a_mark(words: list[str], phrase: str) -> None:
    assert not [found for found in fired(phrase, " ".join(words)) if "[" in found]


@given(
    st.lists(st.sampled_from(["a", "b", "c", "x", ","]), max_size=12),
    st.sampled_from(["a b", "a (b|x) c", "(x|) a", "a * c"]),
)
def test_phrases_without_a_gap_never_span_a_comma(words: list[str], phrase: str) -> None:
    assert not [found for found in fired(phrase, " ".join(words)) if "," in found]


@given(st.lists(st.sampled_from(["keep", "alive", "x"]), max_size=10), st.integers(0, 5))
def test_phrases_with_a_gap_match_where_few_enough_words_stand_between(words: list[str], gap: int) -> None:
    expected = any(words[i] == "keep" and "alive" in words[i + 1 : i + 2 + gap] for i in range(len(words)))
    assert expected == bool(fired({"phrase": "keep ... alive", "gap": gap}, " ".join(words)))


def test_phrases_default_id_names_a_width_of_its_own() -> None:
    rules = ["keep ... alive", {"phrase": "keep ... alive", "gap": 6}, {"exact": "keep ... alive"}]
    assert ["keep him alive"] == fired(rules, "keep him alive")


@pytest.mark.parametrize(
    "phrase",
    [
        {"phrase": "the ... the ... the ... the ... zebra", "gap": 20},
        "(very|) " * 16 + "zebra",
    ],
    ids=["gaps", "optional words"],
)
def test_phrases_with_many_gaps_end_in_time(phrase: str | dict[str, object]) -> None:
    before = time.process_time()
    judged(phrase, "Zebra " + "the " * 80 + "very " * 30)
    assert time.process_time() - before < 2
