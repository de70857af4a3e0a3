"""An answer as JSON, the same for `search --json` and `GET /api/search`: a documented, stable shape."""

from __future__ import annotations

from dataclasses import fields

from indexer.answer import Answer, Facets, FacetValue, Hit, Snippet

Json = dict[str, object]


def answer_json(answer: Answer) -> Json:
    """The whole answer; offsets in `marks` are code points of their `text`."""
    return {
        "query": answer.query,
        "understood": answer.understood,
        "notes": list(answer.notes),
        "total": answer.total,
        "exact": answer.exact,
        "occurrences": answer.occurrences,
        "held": answer.held,
        "took_ms": round(answer.took_ms, 3),
        "page": answer.page,
        "pages": answer.pages,
        "hits": [hit_json(hit) for hit in answer.hits],
        "facets": facets_json(answer.facets),
    }


def hit_json(hit: Hit) -> Json:
    """One hit; the title is plain text, `copies` a count."""
    return {
        "id": hit.id,
        "title": hit.title.text,
        "url": hit.url,
        "region_code": hit.region_code,
        "region": hit.region,
        "place": hit.place,
        "issuer": hit.issuer,
        "body": hit.body.value,
        "year": hit.year,
        "kind": hit.kind.value,
        "published": hit.published.isoformat() if hit.published else None,
        "copies": hit.copies,
        "occurrences": hit.occurrences,
        "exact": hit.exact,
        "withdrawn": hit.withdrawn.isoformat() if hit.withdrawn else None,
        "versions": hit.versions,
        "snippets": [snippet_json(snippet) for snippet in hit.snippets],
    }


def snippet_json(snippet: Snippet) -> Json:
    """A piece of text with its marks as [start, stop] pairs."""
    return {"text": snippet.text, "marks": [list(mark) for mark in snippet.marks]}


def facets_json(facets: Facets) -> Json:
    """Every facet by name, its values in display order."""
    return {facet.name: [_value_json(value) for value in getattr(facets, facet.name)] for facet in fields(facets)}


def _value_json(value: FacetValue) -> Json:
    return {
        "value": value.value,
        "label": value.label,
        "parent": value.parent,
        "level": value.level,
        "count": value.count,
        "selected": value.selected,
    }


def answer_lines(answer: Answer) -> list[str]:
    """An answer for a terminal: what was understood, the totals, and each hit with its marks in 【】."""
    exact = f"，其中 {answer.exact} 份含原词" if answer.exact != answer.total else ""
    often = f"，{answer.occurrences} 次" if answer.occurrences is not None else ""
    lines = [answer.understood, *answer.notes, f"{answer.total} 份{exact}{often}（收录 {answer.held} 份）", ""]
    for hit in answer.hits:
        facts = (hit.region, hit.place, hit.year, hit.issuer, hit.published)
        copies = f"  另有 {hit.copies} 个副本" if hit.copies else ""
        fate = "  已撤下" * bool(hit.withdrawn) + "  已改动" * bool(hit.versions)
        lines.append(f"{_marked(hit.title)}{copies}{fate}")
        lines.append(f"  {hit.id}  {' · '.join(str(fact) for fact in facts if fact) or '来源信息未知'}")
        lines += [f"  …{_marked(snippet)}…".replace("\n", " ") for snippet in hit.snippets]
        lines.append("")
    if answer.pages > 1:
        lines.append(f"第 {answer.page} 页，共 {answer.pages} 页")
    return lines


def _marked(snippet: Snippet) -> str:
    parts, at = [], 0
    for start, stop in snippet.marks:
        parts += [snippet.text[at:start], "【", snippet.text[start:stop], "】"]
        at = stop
    return "".join((*parts, snippet.text[at:]))
