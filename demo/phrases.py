"""Which phrase may be said where, and since when: the spread that comparisons are there to find."""

from __future__ import annotations

from demo.material import Piece, Theme, table, themes

EVERYWHERE = "*"


def may_stand(piece: Piece, code: str, year: int) -> bool:
    """Whether this place could have published this piece in its report on this year."""
    if not piece.first <= year <= piece.last:
        return False
    return all(_may_say(phrase, piece, code, year) for phrase in table("phrases.toml") if phrase in piece.text)


def due(code: str, year: int) -> tuple[str, ...]:
    """The phrases this place says every year, by this year."""
    spread = table("phrases.toml").items()
    return tuple(phrase for phrase, since in spread if since.get(code, 9999) <= year)


def home(phrase: str) -> Theme:
    """The theme that has a paragraph with this phrase."""
    return next(theme for theme in themes().values() if any(phrase in piece.text for piece in theme.paragraphs))


def _may_say(phrase: str, piece: Piece, code: str, year: int) -> bool:
    since: dict[str, int] = table("phrases.toml")[phrase]
    start = since.get(code, since.get(EVERYWHERE, 9999))
    if year < start:
        return False
    return not piece.stage or piece.stage == _stage(year, start, min(since.values()))


def _stage(year: int, start: int, earliest: int) -> str:
    if year > start:
        return "延续"
    return "始创" if start == earliest else "引入"
