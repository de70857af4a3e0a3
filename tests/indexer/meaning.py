"""What a question's words mean, by looking at every place: the specification of all its nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from indexer.query import And, Node, Not, Or, Scope, Term, Together, Unit
from reports.report import Report, Script, SectionKind
from tests.indexer.brute import fold, regional

Words = Callable[[str], Iterable[str]]
Place = tuple[int, int]
TITLE = -1


@dataclass(frozen=True)
class Form:
    """A matching form; each of its characters knows its unit of each kind, and its section's kind."""

    text: str
    title_stop: int
    units: dict[Unit, list[int]]
    kinds: list[SectionKind | None]
    known: dict[object, list[Place]] = field(default_factory=dict)

    def places(self, phrase: str, term: Term) -> list[Place]:
        """Where the phrase stands within the term's scope."""
        key = (phrase, term.scope, term.sections)
        if key not in self.known:
            starts = [at for at in range(len(self.text)) if self.text.startswith(phrase, at)]
            self.known[key] = [(at, at + len(phrase)) for at in starts if self._in_scope(at, at + len(phrase), term)]
        return self.known[key]

    def _in_scope(self, start: int, stop: int, term: Term) -> bool:
        if term.scope is Scope.TITLE:
            return stop <= self.title_stop
        sections = self.units[Unit.SECTION]
        return not term.sections or (self.kinds[start] in term.sections and sections[start] == sections[stop - 1])


class Meaning:
    """Reports that are no copies of each other, each with its forms and words."""

    def __init__(self, reports: Iterable[Report], words: Words) -> None:
        self._words = words
        self._forms = {each.id: forms(each) for each in reports}
        self._held = {id_: {word for form in own for word in words(form.text)} for id_, own in self._forms.items()}

    def matching(self, node: Node, *, exact: bool = False) -> frozenset[str]:
        """The ids of the reports it holds of; `exact`: bare words that must stand do so as typed."""
        return frozenset(id_ for id_ in self._forms if self._holds(node, id_, exact))

    def _holds(self, node: Node, id_: str, exact: bool) -> bool:
        match node:
            case And(parts):
                return all(self._holds(part, id_, exact) for part in parts)
            case Or(parts):
                return any(self._holds(part, id_, exact) for part in parts)
            case Not(part):
                return not self._holds(part, id_, exact=False)
            case Term():
                return self._term(node, id_, exact)
            case Together(part, Unit() as unit):
                return any(self._in_a_unit(part, form, unit, exact) for form in self._forms[id_])
            case Together(part, int(chars)):
                return any(self._near(part, form, chars, exact) for form in self._forms[id_])
        raise TypeError(node)

    def _term(self, term: Term, id_: str, exact: bool) -> bool:
        def stands(phrase: str) -> bool:
            return any(place for form in self._forms[id_] for place in form.places(phrase, term))

        if term.quoted or exact or stands(term.folded):
            return stands(term.folded)
        words = set(self._words(term.folded))
        return bool(words) and (all(map(stands, words)) if term.scoped else words <= self._held[id_])

    def _in_a_unit(self, node: Node, form: Form, unit: Unit, exact: bool) -> bool:
        numbers = form.units[unit]

        def seen(number: int) -> Callable[[Place], bool]:
            return lambda place: numbers[place[0]] == number == numbers[place[1] - 1]

        return any(self._here(node, form, seen(number), exact) for number in set(numbers))

    def _near(self, node: Node, form: Form, chars: int, exact: bool) -> bool:
        """Whether, seen from some character, all that end there or later begin within so many characters."""
        paragraphs = form.units[Unit.PARAGRAPH]
        if not self._here(node, form, lambda _: True, exact):
            return False

        def seen(at: int) -> Callable[[Place], bool]:
            return lambda place: paragraphs[place[0]] == paragraphs[at] and place[1] >= at and place[0] <= at + chars

        return any(self._here(node, form, seen(at), exact) for at in range(len(form.text)))

    def _here(self, node: Node, form: Form, seen: Callable[[Place], bool], exact: bool) -> bool:
        """Whether it holds of the places that are seen."""
        match node:
            case And(parts):
                return all(self._here(part, form, seen, exact) for part in parts)
            case Or(parts):
                return any(self._here(part, form, seen, exact) for part in parts)
            case Not(part):
                return not self._here(part, form, seen, exact=False)
            case Term():
                if any(map(seen, form.places(node.folded, node))):
                    return True
                words = () if node.quoted or exact else tuple(self._words(node.folded))
                return bool(words) and all(any(map(seen, form.places(word, node))) for word in words)
        raise TypeError(node)


def forms(report: Report) -> list[Form]:
    """The form of its own script, and of a traditional one the form in the other region's words."""
    title, sections = fold(report.title), _section_of(report)
    marked = [
        (each, sections[at]) for at, char in enumerate(report.text) for each in (char if char == "\n" else fold(char))
    ]
    if not "".join(char for char, _ in marked).startswith(title):
        marked = [(char, TITLE) for char in f"{title}\n"] + marked
    text = "".join(char for char, _ in marked)
    numbers = [number for _, number in marked]
    units = {Unit.SENTENCE: _numbered(text, "。!?;\n"), Unit.PARAGRAPH: _numbered(text, "\n"), Unit.SECTION: numbers}
    kinds = [report.sections[number].kind if 0 <= number < len(report.sections) else None for number in numbers]
    texts = {text, regional(text)} if report.script is Script.HANT else {text}
    return [Form(each, len(title), units, kinds) for each in texts]


def _section_of(report: Report) -> list[int]:
    if not report.sections:
        return [0] * len(report.text)
    return [number for number, each in enumerate(report.sections) for _ in range(each.start, each.stop)]


def _numbered(text: str, ends: str) -> list[int]:
    """For each character the number of ends before it."""
    numbers, number = [], 0
    for char in text:
        numbers.append(number)
        number += char in ends
    return numbers
