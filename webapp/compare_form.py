"""The form of a comparison: every choice with what is chosen, so that the page works as it stands in its address."""

from __future__ import annotations

from dataclasses import dataclass

from compare.presets import capitals, provinces
from reports.report import Body, Kind, SectionKind
from webapp.compare_asking import Asking
from webapp.compare_frame import cities
from webapp.words import label


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of the form."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Form:
    """What the form shows. `kept`: values of the view that have no field and must not be lost."""

    q: str
    region: str
    year: str
    issuer: str
    beside: str
    phrases: tuple[str, ...]
    list: str
    presets: tuple[Option, ...]
    kinds: tuple[Option, ...]
    bodies: tuple[Option, ...]
    sections: tuple[Option, ...]
    topic: str
    kept: tuple[tuple[str, str], ...]
    unfolded: bool


def form_of(asking: Asking) -> Form:
    """The form of a request."""
    address = asking.address
    one, every = address.one, address.all
    ground = asking.ground
    presets = [(each.key, each.name) for each in (provinces(ground.regions), capitals(ground.regions))]
    presets += cities(ground)
    return Form(
        q=one("q"),
        region="、".join(_named(asking, each) for each in every("region")),
        year="、".join(every("year")),
        issuer=one("issuer"),
        beside="、".join(_named(asking, each) for each in every("beside")),
        phrases=every("phrase"),
        list=one("list"),
        presets=tuple(Option(key, name, key == one("preset")) for key, name in presets),
        kinds=tuple(Option(each.value, each.value, each.value in every("kind")) for each in Kind),
        bodies=tuple(Option(each.value, each.value, each.value in every("body")) for each in Body),
        sections=tuple(
            Option(each.value, label("section", each.value), each.value in every("section")) for each in SectionKind
        ),
        topic=one("topic"),
        kept=tuple(
            (name, value)
            for name, value in address.pairs
            if name in ("by", "measure", "sort", "level", "year_by", "group", "topic")
        ),
        unfolded=any(address.all(name) for name in ("kind", "body", "issuer", "section")),
    )


def _named(asking: Asking, value: str) -> str:
    """A code as the name it stands for, where that name stands for nothing else."""
    bare = value.removeprefix("=")
    name = asking.ground.regions.full_name(bare) if bare.isdigit() and len(bare) == 6 else ""
    alone = asking.ground.searcher.vocabulary.regions_named(name) == (bare,) if name and bare == value else False
    return name if alone else value
