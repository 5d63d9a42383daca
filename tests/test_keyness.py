"""Words that tell groups apart, and what the codebook leaves uncoded."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics import BigramAssocMeasures
from scipy import stats

from builders import KITCHEN, code_study
from hrcode.analysis.keyness import background, g2, log_odds
from hrcode.analysis.keywords import is_enough, keywords
from hrcode.analysis.uncoded import uncoded
from hrcode.errors import StudyError
from hrcode.schema import KEYWORDS, UNCODED, UNCODED_SEGMENTS, UNCODED_WORDS

# Dunning (1993) Comput. Ling. 19:61-74, table 2: k(AB), k(A~B), k(~AB), k(~A~B) and the score.
DUNNING = [
    (110, 2442, 111, 29114, 270.72),
    (29, 13, 123, 31612, 263.90),
    (31, 23, 139, 31584, 256.84),
]


def g2_table(a, b, c, d):
    """The four terms of a two-by-two table: those of the word, and those of all other words."""
    return g2(a, b, c, d) + g2(c - a, d - b, c, d)


@pytest.mark.parametrize(("a", "not_a", "b", "not_b", "score"), DUNNING)
def test_g2_of_a_table_published(a, not_a, b, not_b, score):
    assert score == pytest.approx(g2_table(a, b, a + not_a, b + not_b), abs=5e-3)


# Computed with the formula of ucrel.lancs.ac.uk/llwizard.html (Rayson & Garside 2000).
@pytest.mark.parametrize(
    ("numbers", "score"), [((30, 10, 10000, 12000), 14.4433), ((5, 0, 800, 900), 7.5377)]
)
def test_g2_of_two_terms(numbers, score):
    assert score == pytest.approx(g2(*numbers), abs=5e-5)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(41, 900), st.integers(41, 900))
def test_g2_of_a_table_is_that_of_scipy_and_nltk(a, b, c, d):
    if not a + b:
        assert 0.0 == g2_table(a, b, c, d)
        return
    table = [[a, b], [c - a, d - b]]
    by_scipy = stats.chi2_contingency(table, lambda_="log-likelihood", correction=False).statistic
    assert by_scipy == pytest.approx(g2_table(a, b, c, d), abs=1e-6)
    if a and b:
        by_nltk = BigramAssocMeasures.likelihood_ratio(a, (a + b, c), c + d)
        assert by_nltk == pytest.approx(g2_table(a, b, c, d), abs=1e-6)


# The example in the README of "fightin_words" (after Monroe, Colaresi & Quinn 2008), prior 0.05 a word.
FIRST = Counter("the quick brown fox jumps over the lazy pig".split())
SECOND = Counter("the lazy purple pig jumps over the lazier donkey".split())
FIGHTIN_WORDS = {
    "donkey": -0.6894227886807968, "lazier": -0.6894227886807968, "purple": -0.6894227886807968,
    "the": 0.0, "jumps": 0.0, "brown": 0.6894227886807968, "fox": 0.6894227886807968,
}  # fmt: skip
# Computed with the package logodds 0.1.0, prior 0.01 a word.
CATS = {"cat": 30, "purr": 12, "dog": 5, "the": 200}
DOGS = {"cat": 4, "dog": 28, "leash": 9, "the": 210}
LOGODDS = {
    "cat": 4.029022285550211, "purr": 0.7153788754907736, "the": -1.8748886604929926,
    "leash": -0.6820168794912789, "dog": -3.7166623929382725,
}  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "pseudo", "expected"),
    [(FIRST, SECOND, 0.05, FIGHTIN_WORDS), (CATS, DOGS, 0.01, LOGODDS)],
)
def test_log_odds_published(first, second, pseudo, expected):
    found = log_odds(first, second, dict.fromkeys({**first, **second}, pseudo))
    assert expected == pytest.approx({word: found[word] for word in expected}, abs=1e-12)


def test_log_odds_of_a_single_word_is_nothing():
    assert {"the": 0.0} == log_odds({"the": 3}, {"the": 5}, background({"the": 3}, {"the": 5}, 1.0))


def test_background_is_shared_out_like_the_words():
    assert {"a": 6.0, "b": 4.0} == background({"a": 4, "b": 1}, {"a": 2, "b": 3}, 10.0)


@pytest.mark.parametrize(
    ("users", "members", "expected"),
    [(1, 1, False), (1, 2, False), (2, 4, True), (2, 5, False), (3, 40, True), (2, 2, True)],
)
def test_keywords_need_enough_people(users, members, expected):
    assert expected == is_enough(users, members)


TALK = {
    "A1.txt": "I: Well, well, well?\nA1: The garden is green, the garden is wet.\n",
    "A2.txt": "A2: A garden it is. We cook soup there.\n",
    "A3.txt": "A3: Rain rain rain rain rain.\n",
    "B1.txt": "B1: The sea is grey. We bake bread.\n",
    "B2.txt": "B2: The sea is wide.\n",
}


@pytest.fixture
def talk(tmp_path):
    return code_study(tmp_path, TALK, KITCHEN)


def test_keywords_hand_worked(talk):
    table = keywords(talk)
    assert [*KEYWORDS] == list(table.columns)
    row = table[table["word"] == "garden"].to_dict("records")[0]
    # A: 9 + 8 + 5 words, B: 7 + 4... "garden" three times by two of three; never in B.
    assert ("A", 2, 3, 3, 0, 2, 0, 0.0) == tuple(
        row[c] for c in ("group", "participants", "participants_total", "count", "participants_rest",
                         "total_rest", "count_rest", "rate_rest")
    )  # fmt: skip
    assert {"A": 21, "B": 11} == table.attrs["words"]
    assert pytest.approx(1000 * 3 / 21, abs=5e-3) == row["rate"]


def test_keywords_leave_out_one_persons_words_and_the_interviewers(talk):
    words = set(keywords(talk)["word"])
    assert ({"garden", "sea"}, False, False) == (words & {"garden", "sea"}, "rain" in words, "well" in words)


def test_keywords_limit_is_for_each_group(talk):
    assert [1, 1] == [*keywords(talk, limit=1).groupby("group").size()]


def test_keywords_of_one_group_are_refused(talk):
    with pytest.raises(StudyError, match="one group only"):
        keywords(talk, where="group=A")


def test_uncoded_people_hand_worked(talk):
    table = uncoded(talk)
    assert [*UNCODED] == list(table.columns)
    assert [
        ("A", "", 4, 3, 0.75, 21, 17),
        ("A", "A1", 1, 1, 1.0, 8, 8),
        ("A", "A2", 2, 1, 0.5, 8, 4),
        ("A", "A3", 1, 1, 1.0, 5, 5),
        ("B", "", 3, 2, 0.667, 11, 8),
        ("B", "B1", 2, 1, 0.5, 7, 4),
        ("B", "B2", 1, 1, 1.0, 4, 4),
    ] == [
        tuple(row)
        for row in table[
            ["group", "participant", "segments", "uncoded", "share_of_segments", "words", "words_uncoded"]
        ].itertuples(index=False, name=None)
    ]


def test_uncoded_segments_longest_first(talk):
    table = uncoded(talk, show="segments", limit=2)
    assert ([*UNCODED_SEGMENTS], ["A1", "A3"], 5) == (
        list(table.columns), list(table["participant"]), table.attrs["total"],
    )  # fmt: skip


def test_uncoded_words_are_those_of_uncoded_segments(talk):
    table = uncoded(talk, show="words")
    assert [*UNCODED_WORDS] == list(table.columns)
    assert (True, False) == ("is" in set(table["word"]), "soup" in set(table["word"]))


def test_uncoded_unknown_view(talk):
    with pytest.raises(StudyError, match="Did you mean words"):
        uncoded(talk, show="word")


@pytest.mark.parametrize("show", ["people", "words", "segments"])
def test_uncoded_where_all_or_nothing_is_coded(tmp_path, show):
    everything = code_study(tmp_path / "a", {"A1.txt": "A1: We cook soup.\n"}, KITCHEN)
    nothing = code_study(tmp_path / "b", {"A1.txt": "A1: We rest.\n"}, KITCHEN)
    sizes = [len(uncoded(coded, show=show)) for coded in (everything, nothing)]
    assert {"people": [2, 2], "words": [0, 0], "segments": [0, 1]}[show] == sizes
