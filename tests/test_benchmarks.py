"""What the measurements are made on, and the picture of them."""

import json
import re
from xml.etree import ElementTree

import pytest
from benchmarks import contestants, peers, plot, scale
from benchmarks.__main__ import save
from benchmarks.corpus import PLANT_EVERY, sentences, write_corpus

from hrcode.checks.validate import check_codebook
from hrcode.codebook.load import load_codebook
from hrcode.transcripts.load import load_transcripts


def test_benchmarks_corpus_is_the_same_everywhere(tmp_path):
    planted = ["Nobody is forced.", "detox"]
    one, other = (write_corpus(tmp_path / name, 0.1, planted) for name in ("a", "b"))
    texts = [[(path.name, path.read_bytes()) for path in sorted(folder.iterdir())] for folder in (one, other)]
    assert texts[0] == texts[1]
    assert 0.1e6 <= sum(len(content) for name, content in texts[0] if name != "participants.csv") < 0.2e6


def test_benchmarks_one_sentence_in_fifteen_is_planted():
    made = sentences(10 * PLANT_EVERY, ["Nobody is forced.", "detox"])
    assert 10 == sum("Nobody is forced." in text or "detox" in text for text in made)


def test_benchmarks_corpus_is_a_sound_study(tmp_path):
    material = load_transcripts(write_corpus(tmp_path / "c", 0.05, []))
    assert ((), ["P1", "P2"]) == (material.warnings, [person.id for person in material.participants])


def test_benchmarks_keywords_are_a_sound_codebook(tmp_path):
    path = peers.write_keywords(tmp_path / "keywords.yaml")
    book = load_codebook(path)
    assert [] == [fault for fault in check_codebook(path) if fault.level == "error"]
    assert peers.KEYWORDS == sum(len(sub.indicators) for sub in book.subcategories)
    assert {"phrase", "exact"} == {one.kind for sub in book.subcategories for one in sub.indicators}


def test_benchmarks_contestants_read_what_participants_say(tmp_path):
    folder = write_corpus(tmp_path / "c", 0.05, ["Nobody is forced."])
    said = " ".join(contestants.turns(folder))
    assert not re.search(r"Can you say more|^I:", said)
    assert "Nobody is forced." in said


@pytest.mark.slow
def test_benchmarks_contestants_find_keywords(tmp_path):
    (tmp_path / "P1.txt").write_text("P1: The detox, and Detox again.\nI: Detox?\nP1: No.\n")
    book = tmp_path / "book.yaml"
    book.write_text('{"categories": [{"subcategories": [{"indicators": ["detox"]}]}]}')
    assert 1 == contestants.pandas_contains(tmp_path, book)[0]
    assert 9 == contestants.spacy_tokenizer(tmp_path, book)[0]


def measurements():
    """Make up what `peers` and `scale` measure; a contestant does twice what the one before does."""
    runs = [{"wall": 10.0, "cpu": 9.0}, {"wall": 5.0, "cpu": 4.0}]
    used = [
        {"seconds": 2.0, "processor": 1.5, "peak": 100.0},
        {"seconds": 4.0, "processor": 3.0, "peak": 90.0},
    ]
    return {
        "peers": [
            {**entry._asdict(), "words": 1_000 * 2**number, "runs": runs}
            for number, entry in enumerate(peers.ENTRIES)
        ],
        "scale": {
            "growth": {f"{size} MB": used for size in scale.SIZES},
            "cores": {"one process": used, "two processes": used},
            "again": dict.fromkeys(scale.AGAIN, used),
        },
        "machine": {"processor": "a <made up> processor", "cores": 2, "python": "3.11"},
    }


def test_benchmarks_plot_is_one_small_accessible_picture():
    pytest.importorskip("matplotlib")
    content = plot.svg(measurements())
    assert content == plot.svg(measurements())
    assert len(content) < 100_000
    root = ElementTree.fromstring(content)
    assert root.find("{http://www.w3.org/2000/svg}title").text
    said = " ".join("".join(root.itertext()).split())
    assert "a <made up> processor, 2 cores" in said
    assert [] == [name for name in plot.NAMES.values() if name not in said]
    for number in range(len(peers.ENTRIES)):
        assert f"{150 * 2**number:,}" in said  # the median of 100 and 200 words a second, doubled


def test_benchmarks_save_keeps_what_others_measured(tmp_path):
    path = tmp_path / "measured.json"
    save(path, "peers", [1])
    save(path, "scale", {"a": 2})
    held = json.loads(path.read_text())
    assert ([1], {"a": 2}) == (held["peers"], held["scale"])
    assert {"processor", "cores", "python", "spacy"} <= set(held["machine"])
