"""A 法治政府 report on one year, composed from the material and from what its issuer wrote the year before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from demo import style
from demo.draft import Draft
from demo.draw import chance, figures, one, some
from demo.material import frame, pair_headings, piece, rows, themes
from demo.places import Issuer
from demo.plan import UNTITLED, themes_of
from demo.report import Block, Written, shared

ALIKE = (0.34, 0.56)  # neighbouring years of one issuer, within the 30-60 % that readers may count on
ATTEMPTS = 400
SIZES = {"问题": (3, 4), "原因": (1, 1), "履职": (2, 3), "安排": (4, 5)}


def reports(issuer: Issuer) -> Iterator[Written]:
    """An issuer's reports, oldest first."""
    before: dict[str, tuple[str, ...]] = {}
    last: Written | None = None
    for year in issuer.years:
        neighbour = last if last and last.year == year - 1 else None
        last, before = _accepted(issuer, year, before, neighbour)
        yield last


def _accepted(
    issuer: Issuer, year: int, before: dict[str, tuple[str, ...]], last: Written | None
) -> tuple[Written, dict[str, tuple[str, ...]]]:
    """The first attempt whose likeness to the neighbouring year is neither too small nor too large."""
    for attempt in range(ATTEMPTS):
        rng = chance("report", issuer.key, year, attempt)
        draft = Draft(issuer, year, rng, 0.3 + 0.7 * rng.random(), before)
        written = _write(draft)
        if last is None or ALIKE[0] <= shared(last.text, written.text) <= ALIKE[1]:
            return written, draft.drawn
    raise RuntimeError(f"{issuer.name} {year}: no attempt of {ATTEMPTS} is like enough to its neighbouring year")


def _write(draft: Draft) -> Written:
    issuer, year = draft.issuer, draft.year
    published = style.published_on(issuer, year)
    blocks = [Block(block.kind, issuer.speak(block.text, year)) for block in _body(draft)]
    if style.style_of(issuer).signed:
        blocks.append(Block("sign", issuer.signature))
        if published:
            blocks.append(Block("date", style.signed_on(issuer, published)))
    return Written(
        key=issuer.key,
        site=issuer.site,
        title=style.title_of(issuer, year),
        issuer=issuer.signature,
        year=year,
        published=published,
        blocks=tuple(blocks),
    )


def _body(draft: Draft) -> Iterator[Block]:
    manner = style.style_of(draft.issuer)
    yield Block("p", draft.pieces("导语", frame("导语"), 1)[0])
    middle = ["问题", "履职"]
    chapters = ["成效", *(reversed(middle) if manner.leadership_first else middle), "安排"]
    if draft.rng.random() < 0.25:
        chapters.append("其他")
    for place, name in enumerate(chapters):
        yield Block("h1", f"{style.NUMERALS[place]}、{style.chapter(name, draft.issuer, draft.year)}")
        yield from _chapter(draft, name)


def _chapter(draft: Draft, name: str) -> Iterator[Block]:
    if name == "成效":
        yield from _parts(draft)
    elif name in ("问题", "安排"):
        yield from _listed(draft, draft.pieces(name, frame(name), one(draft.rng, SIZES[name])))
        if name == "问题" and draft.rng.random() < 0.7:
            yield Block("p", draft.pieces("原因", frame("原因"), 1)[0])
    else:
        for text in draft.pieces(name, frame(name), one(draft.rng, SIZES.get(name, (1, 2)))):
            yield Block("p", text)


def _parts(draft: Draft) -> Iterator[Block]:
    parts = [_own(draft, row) for row in rows("places.txt" if draft.issuer.is_government else "offices.txt")]
    told = [part for part in parts if part]
    groups = list(_groups(draft))
    themed = [(draft.heading(group), _paragraphs(draft, group)) for group in groups]
    manner = style.style_of(draft.issuer)
    general = themed[:1] if groups[0] == (UNTITLED,) else []
    ordered = [*general, *told, *themed[len(general) :]] if not draft.issuer.is_government else [*themed, *told]
    for place, (heading, texts) in enumerate(ordered):
        yield from _part(manner.numbered(place) + heading, texts, manner.run_in)


def _part(heading: str, texts: Sequence[str], run_in: bool) -> Iterator[Block]:
    if run_in:
        yield Block("p", f"{heading}。{texts[0]}")
        texts = texts[1:]
    else:
        yield Block("h2", heading)
    for text in texts:
        yield Block("p", text)


def _own(draft: Draft, row: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
    """The issuer's own part: a government leaves it out in some years."""
    own = piece(row[2])
    told = row[0] == draft.issuer.key and draft.may_use(own)
    return (row[1], (own.text,)) if told and (not draft.issuer.is_government or draft.rng.random() < 0.7) else None


def _groups(draft: Draft) -> Iterator[tuple[str, ...]]:
    """The themes, one or two to a part."""
    if draft.rng.random() < 0.6:
        yield (UNTITLED,)
    left = list(themes_of(draft.issuer, draft.year))
    while left:
        first = left.pop(0)
        partner = next((name for name in left if frozenset((first, name)) in pair_headings()), None)
        if partner and draft.rng.random() < 0.5:
            left.remove(partner)
            yield (first, partner)
        else:
            yield (first,)


def _paragraphs(draft: Draft, group: tuple[str, ...]) -> tuple[str, ...]:
    written: list[str] = []
    for name in group:
        count = 1 if len(group) > 1 and draft.rng.random() < 0.6 else one(draft.rng, (2, 2, 3))
        texts = draft.pieces(name, themes()[name].paragraphs, count)
        usable = [entry.text for entry in themes()[name].sentences if draft.may_use(entry)]
        told = "".join(
            figures(draft.rng, text, draft.issuer.scale)
            for text in some(draft.rng, usable, one(draft.rng, (0, 1, 1, 2)))
        )
        written.extend((*texts[:-1], texts[-1] + told))
    return tuple(written)


def _listed(draft: Draft, texts: Sequence[str]) -> Iterator[Block]:
    """Problems and plans: as headed parts, as 一是…二是… in one paragraph, or as plain paragraphs."""
    manner = style.style_of(draft.issuer)
    items = [text.partition("｜")[::2] for text in texts]
    if manner.listing == "inline":
        yield Block("p", "".join(f"{style.NUMERALS[at]}是{head}。{text}" for at, (head, text) in enumerate(items)))
    for place, (head, text) in enumerate(items if manner.listing != "inline" else ()):
        yield from _part(manner.numbered(place) + head, (text,), manner.run_in or manner.listing == "plain")
