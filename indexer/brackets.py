"""A bracket while it is being read: what stood in it so far, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.lexer import Label
from indexer.query import And, Node, Not, Or, Scope, Unit
from reports.report import SectionKind


@dataclass(frozen=True, slots=True)
class Place:
    """Where terms must stand."""

    scope: Scope = Scope.ANYWHERE
    sections: frozenset[SectionKind] = frozenset()


@dataclass(slots=True)
class Pending:
    """Signs that wait for the term or bracket they belong to. Of several places the last counts."""

    typed: str = ""
    negated: bool = False
    place: Place | None = None


@dataclass(slots=True)
class Alternative:
    """What stands between two `or`: nodes that must all hold, and the filters among them."""

    nodes: list[Node] = field(default_factory=list)
    labels: set[Label] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.nodes or self.labels)


@dataclass(slots=True)
class Bracket:
    """A bracket, or the whole question. `operator` is a joining word nothing has followed yet.

    `negated` if an odd number of negations stand around it. `within`: what its terms must share.
    """

    place: Place
    negated: bool = False
    within: Unit | int | None = None
    alternatives: list[Alternative] = field(default_factory=lambda: [Alternative()])
    pending: Pending = field(default_factory=Pending)
    operator: str = ""

    def add(self, node: Node) -> None:
        """Puts a term or a finished bracket where the reading is."""
        self.alternatives[-1].nodes.append(negation(node) if self.pending.negated else node)
        self.pending, self.operator = Pending(), ""

    def add_filters(self, labels: set[Label]) -> None:
        """Remembers that filters stand where the reading is."""
        self.alternatives[-1].labels.update(labels)
        self.operator = ""

    @property
    def labels(self) -> set[Label]:
        """The filters that stand in it."""
        return set[Label]().union(*(each.labels for each in self.alternatives))

    @property
    def mixed(self) -> bool:
        """Whether an `or` joins a filter with anything but the same filter."""
        stated = [each for each in self.alternatives if each]
        lone = [each for each in stated if not each.nodes]
        return bool(lone) and len(stated) > 1 and (lone != stated or len(self.labels) > 1)

    def node(self) -> Node | None:
        """What it asks for; None if no term stands in it."""
        return _joined(Or, [node for each in self.alternatives if (node := _joined(And, each.nodes))])


def negation(node: Node) -> Node:
    """Everything but `node`; twice is `node` again."""
    return node.part if isinstance(node, Not) else Not(node)


def _joined(join: type[And] | type[Or], nodes: list[Node]) -> Node | None:
    """The nodes joined, those joined alike already taken in; None of none, one as itself."""
    parts: list[Node] = []
    for node in nodes:
        parts += node.parts if isinstance(node, join) else [node]
    return join(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None
