"""What a corpus offers for completion: its frequent phrases and its titles, gathered when the index is built.

One file beside the core's: a line each, with kind, number of works, text and reading, the most frequent first.
Phrases are what stands in quotes again and again, and what a sample of the texts repeats; their counts are exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

import numpy as np

from indexer.corefile import Core
from indexer.ngrams import SHORTEST, recurring
from indexer.pinyin import syllable, syllables
from indexer.postings import distinct, firsts
from reports.errors import SearchIndexError

FILE = "phrases.tsv"
MOST_PHRASES, MOST_TITLES = 20_000, 20_000
_MOST_QUOTED, _QUOTED_KEPT = 5_000, 200_000
_LONGEST = 12
_SAMPLED_WORKS, _SAMPLED_CHARS = 500, 1_000_000

Words = Callable[[str], Iterable[str]]


class OfferKind(StrEnum):
    """What an offer is."""

    PHRASE = "词语"
    REGION = "地区"
    TOPIC = "主题"
    TITLE = "标题"


@dataclass(frozen=True, slots=True)
class Offer:
    """A text to offer, folded, in how many works it stands, and how it is read, a syllable a character."""

    kind: OfferKind
    text: str
    works: int
    reading: tuple[str, ...]


def write_offers(core: Core, words: Words, folder: Path) -> None:
    """Gather a core's phrases and titles and write them into a folder."""
    lines = (f"{each.kind}\t{each.works}\t{each.text}\t{' '.join(each.reading)}\n" for each in _offers(core, words))
    (folder / FILE).write_text("".join(lines), "utf-8")


def read_offers(raw: bytes) -> tuple[Offer, ...]:
    """What `write_offers` wrote. Raises SearchIndexError where it is damaged."""
    try:
        rows = (line.split("\t") for line in raw.decode().splitlines())
        return tuple(
            Offer(OfferKind(kind), text, int(works), tuple(read.split(" "))) for kind, works, text, read in rows
        )
    except ValueError as error:
        raise SearchIndexError(f"{FILE}: damaged ({error}); run `zhengbao build --full`") from error


def _offers(core: Core, words: Words) -> Iterator[Offer]:
    candidates = {text: _works_with(core, text) for text in _candidates(core, words)}
    counted = sorted(candidates.items(), key=lambda item: (-item[1], item[0]))
    for text, works in islice((item for item in counted if item[1] > 1), MOST_PHRASES):
        yield Offer(OfferKind.PHRASE, text, works, syllables(text))
    titles = Counter(islice(filter(None, _titles(core)), MOST_TITLES))
    for text, works in titles.most_common():
        yield Offer(OfferKind.TITLE, text, works, tuple(map(syllable, text)))


def _works_with(core: Core, text: str) -> int:
    rows = distinct(core.rows_of(core.pairs.find(text)))
    return firsts(core.row_work[rows]).size


def _titles(core: Core) -> Iterator[str]:
    """The folded title of each work, newest year first."""
    first_rows = np.unique(core.row_work, return_index=True)[1]
    for row in first_rows.tolist():
        yield core.folded(int(core.row_start[row]), int(core.row_title_stop[row]))


def _candidates(core: Core, words: Words) -> list[str]:
    quoted = [text for text, _ in _quoted(core).most_common(_MOST_QUOTED)]
    texts = list(_sample(core))
    mined = sorted(recurring(texts, 2 if len(texts) < _SAMPLED_WORKS else 3), key=lambda item: -item[1])
    whole = (text for text, _ in mined if _of_whole_words(text, words))
    return list(islice(dict.fromkeys((*quoted, *whole)), MOST_PHRASES))


def _of_whole_words(text: str, words: Words) -> bool:
    """Whether a run is words from end to end: one that begins or ends with a stray character is mostly cut out of
    others. Numbers are nobody's phrase."""
    if any(char in "0123456789" for char in text):
        return False
    cut = tuple(words(text))
    return bool(cut) and len(cut[0]) > 1 and len(cut[-1]) > 1


def _quoted(core: Core) -> Counter[str]:
    """What stands in quotes in two works or more, and in how many: the genre quotes its coinages."""
    found: Counter[str] = Counter()
    for text in _texts(core):
        found.update(set(_in_quotes(text)))
        if len(found) > _QUOTED_KEPT:
            found = Counter({term: works for term, works in found.items() if works > 1})
    return Counter({term: works for term, works in found.items() if works > 1})


def _in_quotes(text: str) -> Iterator[str]:
    """Folded quotes do not tell opening from closing: within a paragraph they take turns."""
    for paragraph in text.split("\n"):
        for term in paragraph.split('"')[1::2]:
            if SHORTEST <= len(term) <= _LONGEST and term.isalnum() and not term.isascii():
                yield term


def _texts(core: Core) -> Iterator[str]:
    """The matching forms of all rows."""
    for start, stop in zip(core.row_start[:-1].tolist(), core.row_start[1:].tolist(), strict=True):
        yield core.folded(start, stop)


def _sample(core: Core) -> Iterator[str]:
    """Pieces of works evenly spread over the corpus, in all at most _SAMPLED_CHARS."""
    rows = np.unique(core.row_work, return_index=True)[1]
    chosen = rows[np.unique(np.linspace(0, len(rows) - 1, min(len(rows), _SAMPLED_WORKS), dtype=np.int64))]
    most = _SAMPLED_CHARS // max(len(chosen), 1)
    for number, row in enumerate(chosen.tolist()):
        text = core.folded(int(core.row_start[row]), int(core.row_start[row + 1]))
        start = number * 997 % max(len(text) - most, 1)
        yield text[start : start + most]
