"""Leaving sentences out before they are searched changes nothing: the same with and without."""

import pytest
from hypothesis import HealthCheck, assume, event, example, given, settings
from hypothesis import strategies as st

from builders import make_codebook, write_files
from conftest import cut
from hrcode.codebook.load import load_codebook
from hrcode.coding.code import code
from hrcode.coding.engine import Engine
from hrcode.indicators.model import Sentence
from hrcode.indicators.phrase_matcher import PhraseMatcher
from hrcode.indicators.phrase_syntax import PhraseFault, parse_phrase
from hrcode.language.chunks import chunks
from hrcode.language.words import blank_marks, count_words, tokens, written_words
from hrcode.transcripts.load import load_transcripts

# Words that fold, cut, compose or are bordered in odd ways.
ODD = [
    *["straße", "STRASSE", "STRAẞE", "İzmir", "ızgara", "IZGARA", "café", "cafe\u0301", "CAFE\u0301"],
    *["don't", "DON’T", "can't", "cannot", "Cannot", "he's", "ʼs", "y'all", "child's", "children"],
    *["ΛΌΓΟΣ", "λόγος", "λόγοσ", "ΟΔΟΣ", "ﬁne", "ǅ", "so\u00adft", "ze\u200bro", "e\u0323\u0301"],
    *["\u1e69", "s\u0323\u0307", "s\u0307\u0323", "и\u0306", "й", "ża", "z\u0307a", "a_b", "_c_", "3pm"],
    *["naïve", "ő", "한글", "ᄒ\u1161ᆫ", "日本", "किताब", "עִב", "ٱلْ", "\u212a", "\u212b", "\u00c5"],
    *["go", "went", "Going", "be", "is", "not"],
]
JOINS = [
    *[" ", " ", " ", " ", "", "-", "‑", ", ", ". ", "; ", "'", "’", "/", "\n", "\u2028", "\u00a0", "\x1c"],
    *["\u0301", "\ufeff", " \u0345", " [x go] ", "[", "]", " <", "> ", "[a <b]"],
]
TEXTS = st.lists(st.tuples(st.sampled_from(ODD), st.sampled_from(JOINS)), max_size=12).map(
    lambda parts: "".join(word + join for word, join in parts)
)
SIGNS = st.sampled_from(["{}", "{}", "={}", "^{}", "{}*", "*{}", "({}|go)", "({}|is not|)", "({}|)"])
PIECES = st.one_of(
    st.tuples(SIGNS, st.sampled_from(ODD)).map(lambda pair: pair[0].format(pair[1])),
    st.sampled_from(["...", "*", "(go|)", "(don't go|be|child's)", "{them}"]),
)
SETS = {"them": parse_phrase("(café|the child|straße|is not)")[0].alternatives}


@st.composite
def phrases(draw):
    text = " ".join(draw(st.lists(PIECES, min_size=1, max_size=4)))
    try:
        return parse_phrase(text, sets=SETS, gap=draw(st.sampled_from([1, 4])))
    except PhraseFault:
        assume(False)


@given(TEXTS)
@example("[a <b]go> went")
def test_prefilter_pieces_hold_every_word_of_a_text(text):
    whole = [token.form for token in tokens(text, 0, len(text))]
    pieces = [token.form for piece in chunks(text) for token in tokens(piece, 0, len(piece))]
    assert set(whole) <= set(pieces)
    if blank_marks(text) == text:
        assert whole == pieces


@given(TEXTS)
def test_prefilter_words_are_counted_as_they_are_listed(text):
    assert len(written_words(text)) == count_words(text)


SHAPES = ["{}", "={}", "({}|zoo)", "({}|zoo|)", "({}|zoo keeper)", "(zoo|{} {}|so {})", "(zoo keeper|{} {}|)"]


@st.composite
def phrases_of(draw, text):
    """Write a phrase that may well stand in a text: some of its words, dressed up."""
    forms = [token.form for token in tokens(text, 0, len(text))]
    at = draw(st.integers(0, max(len(forms) - 1, 0)))
    pieces = []
    for _ in range(draw(st.integers(1, 4))):
        shape = draw(
            st.sampled_from(
                ["{}", "={}", "({}|zoo)", "({}|zoo|)", "(zoo|{} {}|so {})", "(zoo keeper|{} {}|)"]
            )
        )
        own = forms[at : at + shape.count("{}")]
        if len(own) < shape.count("{}"):
            break
        pieces.append(shape.format(*own))
        skipped = draw(st.sampled_from([0, 0, 0, 1, 2]))
        pieces += ["..."] * (skipped > 0) + ["(zoo|)"] * draw(st.integers(0, 1))
        at += min(len(own), 2) + skipped
    try:
        return parse_phrase(" ".join(pieces).removesuffix(" ..."), gap=draw(st.sampled_from([1, 2])))
    except PhraseFault:
        assume(False)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.data(), TEXTS)
def test_prefilter_finds_the_same_phrases(data, text):
    several = data.draw(
        st.lists(st.one_of(phrases(), phrases_of(text), phrases_of(text)), min_size=1, max_size=6)
    )
    matcher = PhraseMatcher(several, "en")
    sentence = Sentence(text, 0, len(text))
    every = list(matcher.find_in(sentence, prefilter=False))
    event(f"{min(len(every), 3)} found")
    assert every == list(matcher.find_in(sentence))
    assert every == list(matcher.find(sentence.tokens))


def values(key):
    return st.one_of(
        st.sampled_from(ODD).map(lambda word: {key: word}),
        st.lists(st.sampled_from(ODD), min_size=1, max_size=3).map(lambda words: {key: {"IN": words}}),
    )


PATTERNS = st.lists(
    st.tuples(
        st.one_of(values("LOWER"), values("ORTH"), st.just({"IS_ALPHA": True}), st.just({"LENGTH": 2})),
        st.sampled_from([{}, {}, {"OP": "?"}, {"OP": "+"}, {"OP": "!"}]),
    ).map(lambda pair: {**pair[0], **pair[1]}),
    min_size=1,
    max_size=3,
)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(TEXTS, PATTERNS)
def test_prefilter_finds_the_same_patterns(text, pattern):
    assume(any({"LOWER", "ORTH"} & set(token) for token in pattern))
    book = make_codebook({"a/a": [{"id": "p", "pattern": pattern}]})
    found = [list(Engine(book, prefilter=prefilter).find(cut(text))) for prefilter in (False, True)]
    assert found[0] == found[1]


FOLDED = st.sampled_from(["go", "child", "is", "café", "straße", "λόγος", "not"])
RULES = st.one_of(
    FOLDED,
    st.tuples(FOLDED, FOLDED).map(" ... ".join),
    st.tuples(FOLDED, FOLDED, st.sampled_from(["sentence", "turn"])).map(
        lambda t: {"near": [t[0], t[1]], "within": 6, "in": t[2]}
    ),
    st.tuples(FOLDED, FOLDED).map(lambda t: {"before": [t[0], t[1]]}),
    st.tuples(FOLDED, FOLDED, st.sampled_from(["segment", "turn", "sentence"])).map(
        lambda t: {"phrase": t[0], "with": {"any": [t[1]], "in": t[2]}}
    ),
    st.tuples(FOLDED, FOLDED).map(lambda t: {"phrase": t[0], "without": [t[1]], "negated": "any"}),
    st.tuples(FOLDED, FOLDED).map(lambda t: {"phrase": t[0], "asked": [t[1]]}),
    st.tuples(FOLDED, FOLDED).map(lambda t: {"phrase": t[0], "not_in": [f"{t[0]} {t[1]}"]}),
    FOLDED.map(lambda word: {"phrase": word, "min_turn_words": 3}),
)
BOOKS = st.fixed_dictionaries({"a/a": st.lists(RULES, max_size=4), "-a/b": st.lists(RULES, max_size=4)})
TALKS = st.lists(st.tuples(st.sampled_from(["I", "A1", "B1"]), TEXTS), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    return lambda: tmp_path_factory.mktemp("talks")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(talks=TALKS, frame=BOOKS, unit=st.sampled_from(["sentence", "turn", "paragraph"]))
def test_prefilter_gives_the_same_codings_and_near_misses(fresh, talks, frame, unit):
    text = "Talk\n" + "".join(f"{who}: {' '.join(words.split())}.\n" for who, words in talks)
    material = load_transcripts(write_files(fresh(), {"t.txt": text + "A1: go is not\n"}))
    for own in frame.values():
        for number, rule in enumerate(own):
            own[number] = {**(rule if isinstance(rule, dict) else {"phrase": rule}), "id": f"r{number}"}
    book = make_codebook(frame)
    assert code(material, book, unit=unit, prefilter=False) == code(material, book, unit=unit)


@pytest.mark.parametrize("block", [1, 2, 3, 7])
def test_prefilter_finds_the_same_whatever_the_number_of_sentences_at_a_time(tmp_path, monkeypatch, block):
    talk = "Talk\n" + "".join(
        f"A1: Go on {n}. The child is not here. It is {n}. Do not go.\n" for n in range(5)
    )
    material = load_transcripts(write_files(tmp_path, {"t.txt": talk}))
    book = make_codebook({"a/a": ["go", "child ... here"], "-a/b": [{"phrase": "go", "negated": "any"}]})
    expected = code(material, book, prefilter=False)
    monkeypatch.setattr("hrcode.indicators.joint._BLOCK", block)
    assert expected == code(material, book)
    assert len(expected.codings) == 15


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["harm_reduction", "harm_reduction_social_work", "harm_reduction_strategy", "peer2peer"]
)
def test_prefilter_gives_the_same_on_the_sample_study(name):
    material = load_transcripts("transcripts")
    book = load_codebook(name)
    assert code(material, book, prefilter=False) == code(material, book)
