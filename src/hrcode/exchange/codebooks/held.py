"""What a format cannot hold, counted for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from hrcode.exchange.codebooks.ids import make_id
from hrcode.exchange.codebooks.model import Book, Loss

TEXTS = {
    "brief": "brief definitions",
    "use_when": "when to use",
    "not_when": "when not to use",
    "stance": "stances",
    "origin": "origins",
    "source": "sources",
    "doi": "DOIs",
    "licence": "licences",
    "crosswalk": "crosswalks",
    "match": "examples",
    "no_match": "examples that do not match",
}
"""The other texts of an entry that hrcode knows, and how a loss of them is called."""

EXAMPLES = 3
_SHORT = 60


def not_held(book: Book, holds: Collection[str]) -> list[Loss]:
    """Say what of a codebook a format cannot hold.

    Args:
        book (Book): The codebook.
        holds (Collection[str]): What the format holds: names of `TEXTS`, ``definition``, ``words``,
            ``relations``, ``id``.

    Returns:
        list[Loss]: Everything else that is there.
    """
    lost = [Loss(f"{key} of the codebook", text) for key, text in book.fields.items()]
    for entry in book.entries:
        if entry.definition and "definition" not in holds:
            lost.append(Loss("definitions", entry.name))
        lost.extend(
            Loss(TEXTS.get(key, key), entry.name, len(texts))
            for key, texts in entry.fields.items()
            if texts and key not in holds
        )
        if "words" not in holds and entry.rules:
            lost.append(Loss("indicators", entry.name, entry.rules))
        elif "words" in holds and "relations" not in holds:
            lost.extend(Loss("relations", _shown(entry.name, r.name)) for r in entry.relations)
        if "id" not in holds and entry.id != make_id(entry.label):
            lost.append(Loss("ids that differ from the label", f"{entry.id} ({entry.label})"))
    return lost


def _shown(path: str, name: str) -> str:
    return f"{path}: {name}" if name else path


def loss_lines(losses: Iterable[Loss]) -> list[str]:
    """Write losses for people, a line for every kind.

    Args:
        losses (Iterable[Loss]): The losses.

    Returns:
        list[str]: Such as ``Dropped: 3 colours: Work; Play; ...``.
    """
    kinds: dict[str, list[Loss]] = defaultdict(list)
    for loss in losses:
        kinds[loss.kind].append(loss)
    return [
        f"Dropped: {sum(one.count for one in own)} x {kind}: {_first(own)}" for kind, own in kinds.items()
    ]


def _first(losses: Iterable[Loss]) -> str:
    names = list(dict.fromkeys(loss.example for loss in losses))
    shown = [name if len(name) <= _SHORT else name[: _SHORT - 1] + "…" for name in names[:EXAMPLES]]
    return "; ".join(shown) + ("; ..." if len(names) > EXAMPLES else "")
