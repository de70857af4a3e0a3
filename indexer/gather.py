"""What an operator's bracket comes to: terms that stand together, or an ordinary bracket and why."""

from __future__ import annotations

from indexer.query import MAX_NEAR_CHARS, And, Node, Not, Or, Term, Together, Unit


def gathered(node: Node, within: Unit | int) -> tuple[Node, str]:
    """The bracket of `node` with its operator, and a note where the operator had to be changed or left out."""
    name = operator_name(within)
    if isinstance(node, Term):
        return node, f"“{name}”里只有一个词语，按普通括号理解"
    if isinstance(within, Unit):
        if _holds_of_nothing(node):
            return node, f"“{name}”里要有一定出现的词语，不能只有排除的，按普通括号理解"
        return Together(node, within), ""
    if _excludes(node):
        return node, f"“{name}”里不能排除词语，按普通括号理解"
    if within > MAX_NEAR_CHARS:
        return Together(node, MAX_NEAR_CHARS), f"“近”最多 {MAX_NEAR_CHARS} 字，按 {MAX_NEAR_CHARS} 字理解"
    return Together(node, within), ""


def operator_name(within: Unit | int) -> str:
    """What is typed before the bracket."""
    return within.value if isinstance(within, Unit) else f"近{within}"


def _holds_of_nothing(node: Node) -> bool:
    """Whether a sentence with none of the terms would do."""
    match node:
        case And(parts):
            return all(map(_holds_of_nothing, parts))
        case Or(parts):
            return any(map(_holds_of_nothing, parts))
        case Not(part):
            return not _holds_of_nothing(part)
        case Term() | Together():
            return False


def _excludes(node: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(map(_excludes, parts))
        case Not():
            return True
        case Term() | Together():
            return False
