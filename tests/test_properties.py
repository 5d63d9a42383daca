"""What holds of any codebook and any transcripts."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from builders import make_codebook, write_files
from hrcode.analysis.compare import compare
from hrcode.coding.code import code
from hrcode.language.words import MARK
from hrcode.schema import UNITS
from hrcode.transcripts.load import load_transcripts

WORDS = ["cook", "cooked", "soup", "the", "bread", "we", "never", "not", "don't", "and", "but", "share"]
JOINS = [" ", " ", " ", ", ", ". ", "; ", "\n", "\n\n", " <...> ", " [a soup] ", "-", " “", "? "]
PIECES = ["cook", "=soup", "soup", "(cook|share)", "(the|)", "bread", "never", "sh*", "...", "we"]

SPEECH = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(JOINS)), min_size=1, max_size=14).map(
    lambda parts: "".join(word + join for word, join in parts)
)
TURNS = st.lists(st.tuples(st.sampled_from(["I", "A1", "A2", "B1"]), SPEECH), min_size=1, max_size=5)
TALKS = st.lists(TURNS, min_size=1, max_size=3)


def _sound(pieces):
    words = [piece for piece in pieces if piece not in ("...", "(the|)")]
    ends = "..." in (pieces[0], pieces[-1]) or any(
        a == "..." and b in ("...", "(the|)") for a, b in pairwise(pieces)
    )
    return bool(words) and not ends


PHRASES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).filter(_sound).map(" ".join)
INDICATORS = st.lists(
    st.one_of(
        PHRASES, st.fixed_dictionaries({"phrase": PHRASES, "negated": st.sampled_from(["require", "any"])})
    ),
    max_size=4,
    unique_by=lambda item: item if isinstance(item, str) else (item["phrase"], item["negated"]),
)
FRAMES = st.fixed_dictionaries(
    {
        "food/cooks": INDICATORS,
        "-food/wastes": INDICATORS,
        "garden/digs": INDICATORS,
        "garden/rests": INDICATORS,
    }
)

many = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=25)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    return lambda: tmp_path_factory.mktemp("talks")


def texts_of(talks):
    """Give the transcripts' texts, each different."""
    return [
        f"Talk {'x' * number}\n" + "".join(f"{label}: {speech}\n" for label, speech in turns)
        for number, turns in enumerate(talks, start=1)
    ]


def load(folder, talks, name="t{}.txt"):
    write_files(folder, {name.format(number): text for number, text in enumerate(texts_of(talks))})
    return load_transcripts(folder)


def run(folder, talks, frame, **options):
    return code(load(folder, talks), make_codebook(frame), **options)


def what(coded):
    """Give the codings and near misses without what names their segment and file."""
    return sorted(
        (c.coding_id, c.participant, c.start, c.end, c.evidence, c.category, c.subcategory, c.indicator,
         getattr(c, "reason", ""), getattr(c, "cue", ""))
        for c in (*coded.codings, *coded.near_misses)
    )  # fmt: skip


@many
@given(talks=TALKS, frame=FRAMES)
def test_properties_evidence_quotes_the_transcript(fresh, talks, frame):
    material = load(fresh(), talks)
    coded = code(material, make_codebook(frame))
    texts = {transcript.id: transcript.text for transcript in material}
    found = [*coded.codings, *coded.near_misses]
    assert [c.evidence for c in found] == [texts[c.transcript][c.start : c.end] for c in found]


@many
@given(talks=TALKS, frame=FRAMES)
def test_properties_evidence_holds_no_mark(fresh, talks, frame):
    coded = run(fresh(), talks, frame)
    assert [] == [c.evidence for c in (*coded.codings, *coded.near_misses) if MARK.search(c.evidence)]


@many
@given(talks=TALKS, frame=FRAMES, unit=st.sampled_from(UNITS))
def test_properties_evidence_lies_in_its_segment(fresh, talks, frame, unit):
    coded = run(fresh(), talks, frame, unit=unit)
    segments = {segment.segment_id: segment for segment in coded.segments}
    found = [(segments[c.segment_id], c) for c in (*coded.codings, *coded.near_misses)]
    assert all(s.start <= c.start < c.end <= s.end and s.participant == c.participant != "" for s, c in found)


@many
@given(talks=TALKS, frame=FRAMES)
def test_properties_codings_of_a_subcategory_do_not_overlap(fresh, talks, frame):
    coded = run(fresh(), talks, frame)
    places = sorted((c.transcript, c.category, c.subcategory, c.start, c.end) for c in coded.codings)
    assert all(a[:3] != b[:3] or a[4] <= b[3] for a, b in pairwise(places))


@many
@given(talks=TALKS, frame=FRAMES)
def test_properties_coding_ids_are_unique(fresh, talks, frame):
    coded = run(fresh(), talks, frame)
    assert len(coded.codings) == len({coding.coding_id for coding in coded.codings})


@many
@given(talks=TALKS, frame=FRAMES)
def test_properties_order_of_files_changes_nothing(fresh, talks, frame):
    folder = fresh()
    load(folder, talks)
    paths = sorted(folder.iterdir())
    book = make_codebook(frame)
    assert code(load_transcripts(paths), book) == code(load_transcripts(paths[::-1]), book)


@many
@given(talks=TALKS, frame=FRAMES)
def test_properties_names_of_files_change_no_coding(fresh, talks, frame):
    book = make_codebook(frame)
    assert what(code(load(fresh(), talks), book)) == what(code(load(fresh(), talks, "z{}y.md"), book))


@many
@given(talks=TALKS, frame=FRAMES, random=st.randoms(use_true_random=False))
def test_properties_order_of_codes_and_indicators_changes_no_coding(fresh, talks, frame, random):
    material = load(fresh(), talks)
    paths = random.sample([*frame], k=len(frame))
    shuffled = {path: random.sample(frame[path], k=len(frame[path])) for path in paths}
    one, other = code(material, make_codebook(frame)), code(material, make_codebook(shuffled))
    assert (one.codings, one.near_misses) == (other.codings, other.near_misses)


@many
@given(talks=TALKS, frame=FRAMES)
def test_properties_subcategories_do_not_see_each_other(fresh, talks, frame):
    material = load(fresh(), talks)
    together = code(material, make_codebook(frame))
    alone = [c for path in frame for c in code(material, make_codebook({path: frame[path]})).codings]
    assert sorted(c.coding_id for c in together.codings) == sorted(c.coding_id for c in alone)


@many
@given(talks=TALKS, frame=FRAMES)
def test_properties_other_transcripts_change_no_coding(fresh, talks, frame):
    together = run(fresh(), talks, frame)
    book = make_codebook(frame)
    alone = []
    for number, text in enumerate(texts_of(talks)):
        folder = write_files(fresh(), {f"t{number}.txt": text})
        alone += code(load_transcripts(folder), book).codings
    assert list(together.codings) == alone


@many
@given(talks=TALKS, frame=FRAMES)
def test_properties_unit_changes_no_evidence(fresh, talks, frame):
    material, book = load(fresh(), talks), make_codebook(frame)
    sentence, turn, paragraph = (what(code(material, book, unit=unit)) for unit in UNITS)
    assert sentence == turn == paragraph


@many
@given(talks=TALKS, frame=FRAMES)
@example(
    talks=[[("A1", "not\nnever cook ")]],
    frame={"food/cooks": [{"phrase": word, "negated": "require"} for word in ("cook", "never")]},
)
def test_properties_windows_line_ends_change_no_evidence(fresh, talks, frame):
    folder, book = fresh(), make_codebook(frame)
    plain = code(load(folder, talks), book)
    write_files(folder, {f"t{n}.txt": t.replace("\n", "\r\n") for n, t in enumerate(texts_of(talks))})
    windows = code(load_transcripts(folder), book)
    assert [(c.segment_id, c.subcategory, c.evidence) for c in plain.codings] == [
        (c.segment_id, c.subcategory, c.evidence.replace("\r\n", "\n")) for c in windows.codings
    ]


@many
@given(talks=TALKS, frame=FRAMES, by=st.sampled_from(["group", "attribute"]))
def test_properties_table_sums_equal_the_codings(fresh, talks, frame, by):
    coded = run(fresh(), talks, frame)
    if by == "attribute":
        people = tuple(
            replace(p, attributes={**p.attributes, "attribute": p.id[-1]}) for p in coded.participants
        )
        coded = replace(coded, participants=people)
    table = compare(coded, by=by)
    counted = {
        (level, *key): rows["codings"].sum()
        for (level, *key), rows in table.groupby(["level", "category", "subcategory", "stance"])
    }
    expected = dict.fromkeys(counted, 0)
    for c in coded.codings:
        expected["total", "", "", c.stance] += 1
        expected["subcategory", c.category, c.subcategory, c.stance] += 1
        expected["category", c.category, "", c.stance] += 1
    assert expected == counted


@many
@given(talks=TALKS, frame=FRAMES)
def test_properties_table_has_a_row_for_every_code_and_group(fresh, talks, frame):
    coded = run(fresh(), talks, frame)
    groups = len({person.group for person in coded.participants})
    assert len(frame) * groups == len(compare(coded, level="subcategory"))
