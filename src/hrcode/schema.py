"""The columns of the files that a run writes: one place, checked on writing and on reading."""

from __future__ import annotations

SEGMENTS = {
    "segment_id": "transcript:turn.number, or transcript:turn where the unit is the turn",
    "transcript": "name of the transcript's file without its ending",
    "turn": "number of the turn in the transcript, from 1",
    "speaker": "label as the transcript writes it",
    "participant": "participant's id; empty for an interviewer, whose segments are never coded",
    "group": "the participant's group",
    "unit": "unit of analysis: sentence, turn or paragraph",
    "start": "start in the transcript's text, in Unicode code points from 0",
    "end": "end in the transcript's text; text[start:end] is the segment",
    "words": "number of words, transcriber's marks left out",
    "text": "the segment's text",
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
    "evidence": "the words that made the indicator fire",
    "indicator": "the indicator's id: the rule as the codebook has it, or the name it gives",
    "kind": "kind of indicator, such as phrase",
    "coder": "who coded: hrcode, or a person",
    "codebook": "codebook's id",
    "codebook_version": "codebook's version",
    "context": "contexts of the evidence (negated, question, hypothetical, reported, past) with the cue",
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
    "presence_p": "p of the number of participants with the code, over all groups: Fisher's exact test, for more "
    "than two groups Freeman and Halton's",
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
WHOLE_NUMBERS = frozenset({"turn", "start", "end", "words"})
