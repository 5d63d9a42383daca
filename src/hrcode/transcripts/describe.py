"""What hrcode understood of a transcript: who speaks, how much, in which language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from hrcode.language.detect import detect_language
from hrcode.language.words import count_words
from hrcode.transcripts.model import Transcript, Turn
from hrcode.transcripts.sections import LEFT_OUT

INTERVIEWER, PARTICIPANT, NOT_CODED = "interviewer", "participant", "not coded"
_SAMPLE_TURNS = 40


@dataclass(frozen=True, slots=True)
class Speaker:
    """One label of a transcript, and what it was taken for.

    Args:
        label (str): Label as written.
        role (str): ``interviewer``, ``participant`` or ``not coded``.
        participant (str): Participant's id; empty for others.
        turns (int): Number of turns.
        words (int): Number of words.
        questions (float): Share of the turns that end with a question mark, from 0 to 1.
        start (int): Where the first turn starts, in code points of the transcript's text.
    """

    label: str
    role: str
    participant: str
    turns: int
    words: int
    questions: float
    start: int


@dataclass(frozen=True, slots=True)
class SectionTurns:
    """One section of the interview guide, as far as a transcript has it.

    Args:
        id (str): Id.
        turns (int): Number of turns.
        words (int): Number of words, interviewers' included.
        left_out (int): Number of words that are left out of coding.
    """

    id: str
    turns: int
    words: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Description:
    """What was understood of one transcript.

    Args:
        transcript (str): Id.
        format (str): Name of the file's format.
        encoding (str): Encoding of a text file; empty where the format settles it.
        language (str): Language as guessed from what participants say; empty where it cannot be told.
        declared (str): Language as the study declares it; empty where it does not.
        turns (int): Number of turns.
        words (int): Number of words, interviewers' included.
        speakers (tuple[Speaker, ...]): In the order in which they first speak.
        attributes (Mapping[str, str]): What is known of the conversation: kind, event, wave ...
        sections (tuple[SectionTurns, ...]): Its sections, in the order in which they open.
    """

    transcript: str
    format: str
    encoding: str
    language: str
    declared: str
    turns: int
    words: int
    speakers: tuple[Speaker, ...]
    attributes: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[SectionTurns, ...] = ()


def describe(transcript: Transcript, declared: str = "") -> Description:
    """Say what was understood of a transcript.

    Args:
        transcript (Transcript): The transcript.
        declared (str): Language that the study declares for all transcripts; the transcript's own
            goes before it.

    Returns:
        Description: Format, language, speakers with their turns and words.
    """
    speakers = _speakers(transcript)
    return Description(
        transcript=transcript.id,
        format=transcript.format,
        encoding=transcript.encoding,
        language=detect_language(_sample(transcript)),
        declared=transcript.attributes.get("language", "") or declared,
        turns=len(transcript.turns),
        words=sum(speaker.words for speaker in speakers),
        speakers=speakers,
        attributes=dict(transcript.attributes),
        sections=_sections(transcript),
    )


def likely_interviewer(description: Description) -> str:
    """Give the speaker who asks: a guess for someone to check, where no label says who it is.

    Args:
        description (Description): Of a transcript with two speakers or more.

    Returns:
        str: The label of the speaker half of whose turns are questions, if nobody else's are and
        he or she does not say the most; else empty.
    """
    asking = [speaker for speaker in description.speakers if speaker.questions >= 0.5]
    most = max((speaker.words for speaker in description.speakers), default=0)
    if len(asking) != 1 or len(description.speakers) < 2 or asking[0].words == most:
        return ""
    return asking[0].label


def turn_text(transcript: Transcript, turn: Turn) -> str:
    """Give the words of a turn, verbatim."""
    return transcript.text[turn.start : turn.end]


def _sections(transcript: Transcript) -> tuple[SectionTurns, ...]:
    found: dict[str, list[Turn]] = {}
    for turn in transcript.turns:
        if turn.section:
            found.setdefault(turn.section, []).append(turn)
    return tuple(
        SectionTurns(
            section,
            len(turns),
            sum(count_words(turn_text(transcript, turn)) for turn in turns),
            sum(count_words(turn_text(transcript, turn)) for turn in turns if turn.left_out == LEFT_OUT),
        )
        for section, turns in found.items()
    )


def _speakers(transcript: Transcript) -> tuple[Speaker, ...]:
    turns: Counter[str] = Counter()
    words: Counter[str] = Counter()
    questions: Counter[str] = Counter()
    first: dict[str, Turn] = {}
    coded: dict[str, Turn] = {}
    for turn in transcript.turns:
        text = turn_text(transcript, turn)
        first.setdefault(turn.speaker, turn)
        if (
            turn.participant
        ):  # somebody whose first words lie in a section that is left out may speak in another
            coded.setdefault(turn.speaker, turn)
        turns[turn.speaker] += 1
        words[turn.speaker] += count_words(text)
        questions[turn.speaker] += text.rstrip(" \t\r\n\"'”’)").endswith("?")
    return tuple(
        Speaker(
            label,
            _role(coded.get(label, turn)),
            coded.get(label, turn).participant,
            turns[label],
            words[label],
            questions[label] / turns[label],
            turn.start,
        )
        for label, turn in first.items()
    )


def _role(turn: Turn) -> str:
    if turn.participant:
        return PARTICIPANT
    return NOT_CODED if turn.left_out not in ("", INTERVIEWER) else INTERVIEWER


def _sample(transcript: Transcript) -> str:
    """Give the beginning of what is said, the interviewer's words only where there are no others."""
    said = [turn for turn in transcript.turns if turn.participant] or list(transcript.turns)
    return "\n".join(turn_text(transcript, turn) for turn in said[:_SAMPLE_TURNS])
