"""The kind `similar`; most tests use an embedder that counts a few words instead of the real one."""

import json
import logging
import re
import subprocess
import sys

import numpy as np
import pytest
from typer.testing import CliRunner

from builders import write_files
from hrcode.checks.examples import check_examples, text_sentences
from hrcode.checks.explain import explain
from hrcode.checks.lint import lint
from hrcode.cli.app import app
from hrcode.codebook.load import parse_codebook
from hrcode.coding.code import code
from hrcode.coding.engine import Engine
from hrcode.errors import LanguageError
from hrcode.indicators import similar
from hrcode.language import embedding
from hrcode.transcripts.load import load_transcripts

VOCABULARY = ["decides", "chooses", "soup", "bread", "rain", "bus", "garden", "spade"]
MATCH = ["She decides.", "He decides and chooses.", "They choose: she chooses.", "Mum decides here."]


def count_words(texts):
    """One number a word of the vocabulary; "chooses" lies near "decides"."""
    rows = np.array(
        [[re.findall(r"\w+", text.lower()).count(w) for w in VOCABULARY] for text in texts], dtype=np.float32
    ).reshape(len(texts), len(VOCABULARY))
    rows[:, 0] += 0.5 * rows[:, 1]
    return rows


@pytest.fixture
def tiny(monkeypatch):
    monkeypatch.setattr(embedding, "load_embedder", lambda: count_words)
    monkeypatch.setattr(similar, "MIN_WORDS", 1)


def book_text(*subs, extra=""):
    """A codebook of (category/subcategory, indicators, match, no_match), as JSON, which is YAML."""
    categories = {}
    for path, indicators, match, no_match in subs:
        category, sub = path.split("/")
        entry = {"id": sub, "label": sub, "brief": "b", "definition": "d", "use_when": "u", "not_when": "n"}
        entry["indicators"] = indicators
        entry["examples"] = {"match": match, "no_match": no_match}
        categories.setdefault(category, []).append(entry)
    listed = [
        {"id": name, "label": name, "definition": "d", "subcategories": own}
        for name, own in categories.items()
    ]
    return json.dumps({"codebook": "c", "version": "1", "categories": listed}, indent=1)


def make(*subs):
    book, faults = parse_codebook(book_text(*subs), "book.yaml")
    assert book is not None, faults
    return book


CHOICE = ("autonomy/decides", [{"similar": "examples"}], MATCH, ["The bus decides."])
KITCHEN = ("food/cooks", [{"similar": ["We cook soup.", "Soup again.", "Bread and soup."]}], [], ["Rain."])


def fired(book, text):
    pieces = Engine(book).find(text_sentences(text, "en"))
    return [(p.subcategory.path, text[p.start : p.end]) for p in pieces if not p.reason]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In the end he chooses.", [("autonomy/decides", "In the end he chooses")]),
        ("More soup, please!", [("food/cooks", "More soup, please")]),
        ("Rain and rain.", []),  # the example under no_match has the vote
        ("The sea is calm.", []),  # resembles nothing
        ("[laughs]", []),
        ("Soup came. She decides it.", [("food/cooks", "Soup came"), ("autonomy/decides", "She decides it")]),
    ],
)  # fmt: skip
def test_similar_goes_with_the_nearest_examples(tiny, text, expected):
    assert expected == fired(make(CHOICE, KITCHEN), text)


@pytest.mark.parametrize(
    ("keys", "fires"),
    [
        ({}, True),
        ({"share": 0.99}, False),
        ({"threshold": 1}, False),
        ({"unlike": ["He decides the rain.", "The rain decides.", "Decides: bus, rain."]}, False),
        ({"weak": True}, False),
        ({"question": "require"}, False),
        ({"min_turn_words": 50}, False),
    ],
    ids=str,
)
def test_similar_keys(tiny, keys, fires):
    book = make(("autonomy/decides", [{"similar": MATCH, **keys}], [], ["Nothing but rain."]))

    assert fires == bool(fired(book, "So he decides, rain."))


def test_similar_looks_away_from_fragments(tiny, monkeypatch):
    monkeypatch.setattr(similar, "MIN_WORDS", 6)
    book = make(CHOICE, KITCHEN)

    assert [] == fired(book, "Soup, soup and more soup. She decides.")
    assert ["autonomy/decides"] == [path for path, _ in fired(book, "In the end it's she who decides.")]


def test_similar_records_the_nearest_example(tiny):
    [piece] = Engine(make(CHOICE)).find(text_sentences("If she decides, she decides?", "en"))

    assert re.fullmatch(
        r'question: \?; similar: 1\.000 to "(She decides|Mum decides here)\.", share 0\.\d+', piece.context
    )


def test_similar_leaves_the_words_to_other_kinds(tiny):
    book = make(("autonomy/decides", [{"similar": MATCH}, "decide"], [], []))

    assert [("autonomy/decides", "decides")] == fired(book, "In the end she decides.")


def test_similar_takes_the_leading_subcategory_of_the_category(tiny):
    book = make(
        ("a/soup", [{"similar": ["Soup.", "Hot soup.", "Soup and rain."]}], [], []),
        ("a/bread", [{"similar": ["Bread.", "Fresh bread.", "Bread and rain."]}], [], []),
        ("b/rain", [{"similar": ["Rain.", "Much rain."]}], [], []),
    )

    assert [("a/bread", "Some bread")] == fired(book, "Some bread.")


def test_similar_does_not_depend_on_the_order_of_the_codebook(tiny):
    subs = [
        CHOICE,
        KITCHEN,
        ("garden/digs", [{"similar": ["A spade in the garden."], "unlike": ["Bus."]}], [], []),
    ]
    text = "She chooses bread. Garden and soup. Bus and spade. He decides about rain."

    def rows(ordered):
        pieces = Engine(make(*ordered)).find_all(text_sentences(text, "en"))
        return [(p.subcategory.path, p.start, p.context) for p in pieces]

    assert rows(subs) == rows(subs[::-1]) != []


@pytest.mark.parametrize(
    ("match", "passes"),
    [
        (["She decides."], False),  # nothing but itself
        (["She decides.", "He chooses."], True),
        (["She decides. Really she decides.", "Soup."], False),
        (["She decides.", {"text": "He chooses.", "language": "lt"}], False),
        (["She decides.", {"text": "He chooses.", "language": "en"}], True),
    ],
)
def test_similar_example_has_no_vote_on_itself(tiny, match, passes):
    book = make(("autonomy/decides", [{"similar": "examples"}], match, ["Rain."]))

    first = check_examples(book).results[0]

    assert passes == (not first.problem)


@pytest.mark.parametrize(
    ("indicator", "rule"),
    [
        ({"similar": 5}, "bad-similar"),
        ({"similar": []}, "bad-similar"),
        ({"similar": {}}, "bad-similar"),
        ({"similar": "all of them"}, "bad-similar"),
        ({"similar": ["x" * 2000]}, "bad-similar"),
        ({"similar": [None]}, "empty-indicator"),
        ({"similar": [["a"]]}, "not-text"),
        ({"similar": "examples"}, "bad-similar"),  # there are none
        ({"similar": ["a"], "unlike": "b"}, "bad-similar"),
        ({"similar": ["a"], "share": 2}, "bad-value"),
        ({"similar": ["a"], "share": True}, "bad-value"),
        ({"similar": ["a"], "threshold": "high"}, "bad-value"),
        ({"similar": ["a"], "threshold": -0.1}, "bad-value"),
        ({"similar": ["a"], "gap": 1}, "unknown-key"),
    ],
    ids=str,
)
def test_similar_faults(indicator, rule):
    book, faults = parse_codebook(book_text(("a/b", [indicator], [], [])), "book.yaml")

    assert book is None
    assert [rule] == [fault.rule for fault in faults if fault.level == "error"]


def test_similar_is_english_only():
    _, faults = parse_codebook(book_text(("a/b", {"lt": [{"similar": ["Jis sprendžia."]}]}, [], [])), "book")

    assert ["bad-similar"] == [fault.rule for fault in faults if fault.level == "error"]


@pytest.mark.parametrize(
    ("keys", "rules"),
    [
        ({}, []),
        ({"share": 0.1}, ["doubtful-share"]),
        ({"threshold": 0.9}, ["doubtful-share"]),
        ({"negated": "require"}, ["unreachable-indicator"]),
        ({"question": "require"}, []),
    ],
    ids=str,
)
def test_similar_lint(keys, rules):
    text = book_text(("a/b", [{"similar": ["A sentence."], **keys}], ["x"], ["y"]))
    book, _ = parse_codebook(text, "book.yaml")

    assert rules == [fault.rule for fault in lint(book, text)]


def test_similar_names_tell_rules_apart():
    book = make(
        ("a/b", [{"similar": ["One.", "Two."]}, {"similar": ["One.", "Two."], "share": 0.6}], [], []),
        ("a/c", [{"similar": "examples", "threshold": 0.5}], ["x"], []),
    )

    assert [
        "similar: One. (and 1 more)",
        "similar: One. (and 1 more) [share 0.6]",
        "similar: examples [threshold 0.5]",
    ] == [i.id for sub in book.subcategories for i in sub.indicators]


def test_similar_explain_says_what_came_near(tiny):
    found = explain(make(CHOICE, KITCHEN), "She decides: soup, rain, rain, bus.")

    assert () == found.fired
    assert {"food/cooks", "autonomy/decides"} >= {a.subcategory.path for a in found.alike} != set()
    assert all(re.fullmatch(r"share of the vote 0\.\d+, 0\.5 needed", a.lack) for a in found.alike)


def test_similar_explain_says_what_was_too_far(tiny):
    book = make(("a/b", [{"similar": ["Soup and soup."], "threshold": 0.9}], [], []))

    [alike] = explain(book, "Soup in the rain.").alike

    assert ("Soup and soup.", "similarity 0.707, 0.9 needed") == (alike.vote.example, alike.lack)


def test_similar_explain_on_the_command_line(tiny, tmp_path):
    path = tmp_path / "book.yaml"
    path.write_text(book_text(CHOICE, KITCHEN), encoding="utf-8")

    def run(*args):
        return CliRunner().invoke(app, ["explain", *args, "--codebook", str(path)], prog_name="hrcode").stdout

    text = run("She decides: soup, rain, rain, bus.")
    found = json.loads(run("Soup!", "--format", "json"))

    assert re.search(r'almost +\S+: share of .*\n +indicator similar: .*\n +nearest +0\.\d+ "', text)
    assert 'similar: 1.000 to "Soup again."' in found["fired"][0]["context"]
    assert [] == found["alike"]


def test_similar_is_recorded_with_the_run(tiny, tmp_path):
    write_files(
        tmp_path, {"A1.txt": "I: And?\nA1: She chooses.\n", "participants.csv": "participant,group\nA1,A\n"}
    )
    transcripts = load_transcripts(tmp_path)

    with_it = code(transcripts, make(CHOICE))
    without = code(transcripts, make(("a/b", ["choose"], [], [])))

    assert ["similar"] == [coding.kind for coding in with_it.codings]
    assert "wordllama" in with_it.run
    assert "wordllama" not in without.run


def test_similar_search_rounds_and_keeps_the_order(monkeypatch):
    noise = iter([0, 3e-8, -3e-8, 2e-8])

    def noisy(texts):
        return count_words(texts) + next(noise)

    monkeypatch.setattr(embedding, "load_embedder", lambda: noisy)
    known = ["Soup.", "Soup and rain.", "Hot soup.", "Rain."]
    search = embedding.make_search(known, 3)

    assert [search(["Soup!"]), search(["Soup!"])] == [[[(0, 1.0), (2, 1.0), (1, 0.707)]]] * 2


def test_similar_search_does_not_depend_on_the_batch(tiny, monkeypatch):
    texts = ["Soup.", "Rain and bread.", "", "She decides.", "Bus."]
    whole = embedding.make_search(MATCH, 2)(texts)
    monkeypatch.setattr(embedding, "_BATCH", 2)

    assert whole == embedding.make_search(MATCH, 2)(texts)
    assert whole == [row for text in texts for row in embedding.make_search(MATCH, 2)([text])]


def test_similar_without_the_package_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "wordllama", None)

    with pytest.raises(LanguageError, match=re.escape("pip install 'hrcode[similar]'")):
        embedding.load_embedder.__wrapped__()


@pytest.mark.slow
def test_similar_loads_nothing_where_it_is_not_used(tmp_path):
    (tmp_path / "book.yaml").write_text(book_text(("a/b", ["choose"], ["He chose."], ["No."])))
    check = (
        "import sys; from hrcode import load_codebook; from hrcode.checks.examples import check_examples\n"
        f"check_examples(load_codebook({str(tmp_path / 'book.yaml')!r}))\n"
        "print({'wordllama', 'tokenizers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)

    assert "set()" == done.stdout.strip()


REAL = make(
    ("autonomy/decides",
     [{"similar": ["It is her decision, not mine.", "I leave the choice to them.",
                   "He has the last word on it.", "Nobody decides for the client.",
                   "They choose for themselves."]}], [], []),
    ("humanism/hospitality",
     [{"similar": ["There is always a cup of tea.", "We put the kettle on and find biscuits.",
                   "It is warm, and you get soup.", "Somebody hands you a towel and a coffee.",
                   "We cook and eat together."],
       "unlike": ["The form has to be signed.", "We meet on Tuesdays.", "The office is on the first floor.",
                  "The bus was late again.", "I studied in the capital."]}], [], []),
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The choice is theirs, I do not choose for them.", ["autonomy/decides"]),
        ("First thing in the morning we make tea and coffee for everybody.", ["humanism/hospitality"]),
        ("The meeting has been moved to Tuesday on the second floor.", []),
    ],
)
def test_similar_with_the_real_embeddings(text, expected):
    before = logging.getLogger().handlers[:], logging.getLogger().level

    assert expected == [path for path, _ in fired(REAL, text)]
    assert before == (logging.getLogger().handlers, logging.getLogger().level)
