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
    "evidence": "the words that made the indicator fire",
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
    "level": "category or subcategory",
    "category": "category's id",
    "subcategory": "subcategory's id; empty at the level of categories",
    "stance": "as in the codings, never netted; at the level of categories applies and departs only",
    "group": "group of participants",
    "participants": "participants of the group with at least one coding",
    "participants_total": "participants of the group",
    "segments": "segments of the group with at least one coding",
    "segments_total": "segments of the group",
    "codings": "codings in the group",
    "words": "words spoken by the group's participants",
    "per_1000_words": "codings per 1,000 of these words",
}
WHOLE_NUMBERS = frozenset({"turn", "start", "end", "words"})
