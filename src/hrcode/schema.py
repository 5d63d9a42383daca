"""The columns of the files that a run writes: one place, checked on writing and on reading."""

from __future__ import annotations

from typing import Literal

Unit = Literal["sentence", "turn", "paragraph"]
UNITS: tuple[Unit, ...] = ("sentence", "turn", "paragraph")
SEGMENTS = {
    "segment_id": "transcript:turn.number, or transcript:turn where the unit is the turn",
    "transcript": "name of the transcript's file without its ending",
    "turn": "number of the turn in the transcript, from 1",
    "speaker": "label as the transcript writes it; the participant's id where it is an alias",
    "participant": "participant's id, several joined by ' + ' where they speak together; empty for what is "
    "never coded: an interviewer's, or left out",
    "group": "the participant's group",
    "unit": "unit of analysis: sentence, turn or paragraph",
    "start": "start in the transcript's text, in Unicode code points from 0",
    "end": "end in the transcript's text; text[start:end] is the segment",
    "words": "number of words, transcriber's marks left out",
    "text": "the segment's text; [not quoted: no consent] where who says it did not agree to quotes",
    "section": "section of the interview guide, where the study has them",
    "location": "where a person finds it in the file, such as page 3, 00:01:02, row 7, line 12",
    "language": "language code of the segment",
}
CODINGS = {
    "coding_id": "hash of transcript text, place, subcategory and coder; the same in every run",
    "transcript": "name of the transcript's file without its ending",
    "participant": "participant's id",
    "group": "the participant's group",
    "turn": "number of the turn in the transcript, from 1",
    "segment_id": "the segment that was coded",
    "category": "category's id",
    "subcategory": "subcategory's id",
    "stance": "applies: in line with the category's principle; departs: at odds with it; qualified, "
    "difficulty, neutral: about it without being either",
    "start": "start of the evidence in the transcript's text, in Unicode code points from 0",
    "end": "end of the evidence; text[start:end] is the evidence",
    "evidence": "the words that made the indicator fire; [not quoted: no consent] as in the segments",
    "indicator": "the indicator's id: the rule as the codebook has it, or the name it gives",
    "kind": "kind of indicator, such as phrase",
    "coder": "who coded: hrcode, or a person",
    "codebook": "codebook's id",
    "codebook_version": "codebook's version",
    "context": "contexts of the evidence (negated, question, hypothetical, reported, past) with the cue; "
    "for the kind similar, the nearest example and how near it is",
}
NEAR_MISSES = {
    **CODINGS,
    "reason": "why the indicator was held back, such as negated, excluded or weak",
    "cue": "the words that held it back",
}
COMPARISON = {
    "level": "category, subcategory, or total: all of them",
    "category": "category's id; empty in a total",
    "subcategory": "subcategory's id; empty at the level of categories and in a total",
    "stance": "as in the codings, never netted; in categories and totals applies and departs only",
    "group": "group of participants",
    "participants": "participants of the group with at least one coding",
    "participants_total": "participants of the group",
    "segments": "segments of the group with at least one coding",
    "segments_total": "segments of the group",
    "codings": "codings in the group",
    "words": "words spoken by the group's participants",
    "per_1000_words": "codings per 1,000 of these words",
    "rate_mean": "mean over the group's participants of segments with a coding per 1,000 of their own words",
    "rate_median": "median of the same",
    "breadth": "number of different subcategories coded in the group",
    "breadth_total": "number of subcategories that there are",
    "largest_share": "largest share of the segments with a coding that comes from one participant, 0 to 1",
    "largest_share_from": "that participant; empty where several have as many",
    "pattern": "how the code is spread over the groups, by the rules of docs/compare.md",
    "robust": "yes where no single participant, left out, changes which group the pattern is for; else no; "
    "empty where groups could not be compared",
}
COMPARISON_OF_EVENTS = {
    **{name: meaning for name, meaning in COMPARISON.items() if not name.startswith("participants")},
    "events": "events (interviews, focus groups) in which somebody of the group has at least one coding",
    "events_total": "events in which somebody of the group speaks",
}
PARTICIPANTS = {
    "participant": "participant's id",
    "group": "the participant's group",
    "words": "words spoken, those said together with others included",
    "turns": "turns spoken",
    "transcripts": "transcripts in which the participant speaks",
}
DIFFERENCES = {
    "level": "category, subcategory, or total: all of them",
    "category": "category's id; empty in a total",
    "subcategory": "subcategory's id; empty at the level of categories and in a total",
    "stance": "as in the codings",
    "group_a": "group of participants",
    "group_b": "the group that it is compared with; with more than two groups, all others together",
    "participants_a": "participants of group a with at least one coding",
    "total_a": "participants of group a",
    "participants_b": "participants of group b with at least one coding",
    "total_b": "participants of group b",
    "share_a": "participants_a / total_a",
    "share_b": "participants_b / total_b",
    "difference": "share_a - share_b (risk difference), -1 to 1",
    "low": "lower limit of its 95 % interval (Newcombe 1998, method 10)",
    "high": "upper limit of the interval",
    "rate_mean_a": "mean over group a's participants of segments with a coding per 1,000 of their own words",
    "rate_mean_b": "the same of group b",
    "pattern": "how the code is spread over groups a and b, by the rules of docs/compare.md",
    "robust": "yes where no single participant, left out, changes which group the pattern is for; else no",
}
P_VALUES = {
    "presence_p": "p of the number of participants with the code, over all groups: Fisher's exact test, for "
    "more than two groups Freeman and Halton's",
    "presence_p_smallest": "the smallest p that groups of these sizes can give",
    "presence_p_holm": "presence_p after Holm's correction for the codes of the level",
    "rate_p": "p of participants' rates over all groups: permutation of the mean difference, for more than "
    "two groups of the ranks' sums (Kruskal-Wallis)",
    "rate_p_how": "exact: over all assignments of people to groups; sampled: over 9,999 of them",
    "rate_p_holm": "rate_p after Holm's correction for the codes of the level",
    "tests": "number of codes of the level, which the corrections are for",
    "holm_floor": "the smallest p times the number of tests: what a corrected p cannot fall below at first",
}
SENSITIVITY = {
    "level": "category, subcategory, or total: all of them",
    "category": "category's id; empty in a total",
    "subcategory": "subcategory's id; empty at the level of categories and in a total",
    "stance": "as in the codings",
    "left_out": "participant, indicator, or interviews of one kind",
    "name": "which one",
    "counts": "participants with the code, of all, by group",
    "pattern": "the pattern by these counts",
    "counts_without": "the same without what is left out",
    "pattern_without": "the pattern by those counts",
    "change": "side: which group the pattern is for, or whether for any; degree: the label alone",
    "codings_lost": "codings of the code that are left out",
    "participant": "who said the first of them; empty where none is lost",
    "segment_id": "segment of the first of them",
    "quote": "text of that segment",
}
COOCCURRENCE = {
    "code_a": "category/subcategory, or category",
    "stance_a": "its stance",
    "code_b": "the other code",
    "stance_b": "its stance",
    "n_a": "units with code a",
    "n_b": "units with code b",
    "n_both": "units with both",
    "c_coefficient": "n_both / (n_a + n_b - n_both), 0 to 1: ATLAS.ti's c-coefficient, Jaccard's index",
    "share_of_a": "n_both / n_a: how much of a comes with b",
    "share_of_b": "n_both / n_b: how much of b comes with a",
    "expected": "n_a x n_b / units: what n_both would be if the codes did not know of each other",
    "lift": "n_both / expected",
    "participants_both": "participants who say both in one unit",
    "participants_total": "participants",
    "largest_share": "largest share of the units with both that comes from one participant, 0 to 1",
    "flags": "unequal: one code has more than five times the other's units, so the c-coefficient is small "
    "whatever they do; shared indicator: a rule that gives both; same category",
}
COVERAGE = {
    "position": "place in the order of the transcripts' names, from 1",
    "transcript": "name of the transcript",
    "participants": "who speaks in it",
    "group": "their groups",
    "codes": "different subcategories observed in it",
    "new": "those that no earlier transcript has",
    "cumulative": "different subcategories observed so far",
    "share_of_codebook": "cumulative / subcategories of the codebook, 0 to 1",
    "expected": "mean of cumulative over all orders of the transcripts",
    "expected_sd": "its standard deviation",
    "run_new": "new subcategories in the run that begins here; empty where none begins",
    "run_ratio": "run_new / different subcategories of the base",
    "met": "yes where the ratio is at most the threshold; the runs end there",
    "new_codes": "names of the new subcategories",
}
KEYWORDS = {
    "group": "the group that uses the word more",
    "word": "the word in small letters, as written",
    "participants": "participants of the group who use it",
    "participants_total": "participants of the group",
    "count": "uses in the group",
    "rate": "uses per 1,000 words of the group",
    "participants_rest": "participants of all other groups who use it",
    "total_rest": "participants of all other groups",
    "count_rest": "uses in all other groups",
    "rate_rest": "uses per 1,000 words of all other groups",
    "z": "log-odds with a Dirichlet prior over its standard error (Monroe et al. 2008): for ranking",
    "g2": "log-likelihood keyness, two terms (Rayson & Garside 2000): for ranking",
}
UNCODED = {
    "group": "group of participants",
    "participant": "participant; empty in the group's own row",
    "segments": "segments spoken",
    "uncoded": "segments without a coding",
    "share_of_segments": "uncoded / segments",
    "words": "words spoken",
    "words_uncoded": "words in segments without a coding",
    "share_of_words": "words_uncoded / words",
    "near_misses": "segments without a coding in which an indicator was held back",
}
UNCODED_WORDS = {
    "word": "the word in small letters, as written",
    "participants": "participants who use it in segments without a coding",
    "participants_total": "participants",
    "count": "uses in segments without a coding",
    "rate": "uses per 1,000 words of these",
    "count_coded": "uses in coded segments",
    "rate_coded": "uses per 1,000 words of these",
    "z": "log-odds with a Dirichlet prior over its standard error (Monroe et al. 2008): for ranking",
}
UNCODED_SEGMENTS = {
    "participant": "who speaks",
    "group": "their group",
    "segment_id": "the segment",
    "words": "its words",
    "near_misses": "indicators that were held back in it",
    "text": "its text",
}
KWIC = {
    "participant": "who speaks",
    "group": "their group",
    "segment_id": "the segment",
    "left": "what stands before in the turn",
    "match": "the words found",
    "right": "what stands after in the turn",
    "coded": "subcategories that the segment is coded with; empty where the codebook is silent",
}
QUOTES = {
    "participant": "who says it",
    "group": "their group",
    "category": "category's id",
    "subcategory": "subcategory's id",
    "stance": "as in the codings",
    "segment_id": "the coded segment",
    "text": "its text",
    "evidence": "the words that made the indicator fire",
    "evidence_start": "where they start in the segment's text, in Unicode code points from 0",
    "indicator": "the indicator's id",
    "coding_id": "the coding's id",
    "before": "the segments before it, with who speaks; empty unless asked for",
    "after": "the segments after it, with who speaks; empty unless asked for",
    "article": "the segment as an article prints it, with <...> where the turn goes on",
}
CLAIMS = {
    "claim": "the claim's id",
    "text": "the claim as a sentence",
    "op": "what it asserts, by the rules of docs/claims.md",
    "codes": "the categories or subcategories that it is about",
    "groups": "the groups that it is about",
    "answer": "holds, fails, no data (a group has nobody who speaks), or needs a reader",
    "robust": "yes where no single participant, left out, changes the answer; else no; empty where "
    "nothing was counted",
    "reason": "why there are no data, or what a reader has to decide",
    "figures": "n of N participants and who, rates, and what the op looks at besides",
    "quotes": "coded segments as an article prints them, with the segment's id; some of each group",
    "source": "where the claim is from",
}
TABLES = {
    "segments": SEGMENTS,
    "codings": CODINGS,
    "near_misses": NEAR_MISSES,
    "comparison": COMPARISON,
    "comparison_of_events": COMPARISON_OF_EVENTS,
    "differences": DIFFERENCES,
    "differences_with_p": {**DIFFERENCES, **P_VALUES},
    "sensitivity": SENSITIVITY,
    "cooccurrence": COOCCURRENCE,
    "coverage": COVERAGE,
    "keywords": KEYWORDS,
    "uncoded": UNCODED,
    "uncoded_words": UNCODED_WORDS,
    "uncoded_segments": UNCODED_SEGMENTS,
    "kwic": KWIC,
    "quotes": QUOTES,
    "claims": CLAIMS,
}
WHOLE_NUMBERS = frozenset({"turn", "start", "end", "words"})
