"""Which division a report is about.

What is given > how the title begins > issuer > what else the title names > lead (several divisions: the
one that holds them all) > site code > the site's name > host. For laws the congress that passed them
comes after the title's beginning. What stronger evidence leaves open (鼓楼区: there are four), weaker evidence
may decide; what all of it leaves open is unknown. Weaker evidence never overrules stronger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.extract.clues import Clues, plain
from crawler.extract.issuers import maker_of_law
from crawler.extract.names import Gazetteer, Mention, gazetteer_of
from crawler.extract.national import is_national_law, national_body
from crawler.extract.sites import host_division, site_codes, site_owners
from reports.regions import COUNTRY, Regions
from reports.report import Kind

# What may stand before the division a title is about.
_BEFORE_OWNER = re.compile(
    r"(?:[《〈(（【\[]|\d{4}年度?|[一二][○〇零一二三四五六七八九]{3}年度?|\d{1,2}月\d{1,2}日|关于|对|中共|中国共产党|[)）】\]·\s])*"
)
_LISTED = re.compile(r"[、和与及·\s]|以及")
# A case is named by its parties, who live somewhere; the court that reports it speaks of law.
_CASE = re.compile(r"诉.{2,60}案$")
_COURT_OR_PARTY = re.compile(r"(?:某|[\u4e00-\u9fff]{0,4}人民(?:法院|检察院)|.{0,4}中院|.{2,12}公司)")
_SESSION = re.compile(r"第[一二三四五六七八九十百零\d]+届\s*人民代表大会")
_CITED = re.compile(r"《[^》]*》?")
_VOICES = re.compile(r"[我全本]([省市县区州盟旗])(?![级域际])")
# What calls itself so lies below what is named so; a county-level city calls itself 市 too.
_RANKS = {"省": 1, "市": 2, "州": 2, "盟": 2, "县": 3, "区": 3, "旗": 3}
_LEAD_CHARS = 240


def region_of(clues: Clues, kind: Kind, issuer: str | None, year: int | None, regions: Regions) -> str | None:
    """The code of the division, "000000" for the country, None if unknown or open."""
    return _Inquiry(clues, kind, plain(issuer or ""), year, gazetteer_of(regions)).answer()


@dataclass(frozen=True, slots=True)
class _Inquiry:
    clues: Clues
    kind: Kind
    issuer: str
    year: int | None
    names: Gazetteer

    def answer(self) -> str | None:
        codes = next(filter(None, self._evidence()), frozenset[str]())
        if len(codes) > 1:
            context = self._context()
            codes = frozenset(code for code in codes if context & set(self._line(code)))
        return next(iter(codes)) if len(codes) == 1 else None

    def _evidence(self) -> Iterator[frozenset[str]]:
        """What each kind of evidence names, the strongest first; several codes are namesakes."""
        if _CASE.search(self.clues.title):
            return
        yield self._owner(self.clues.title)
        if self.kind is Kind.LAW:
            yield self._maker()
        yield self._owner(self.issuer)
        yield self._inside_title()
        yield self._in_lead()
        yield from self._site()

    def _site(self) -> Iterator[frozenset[str]]:
        yield from (frozenset((code,)) for code in site_codes(self.clues) if self.names.regions.get(code))
        yield from (self._owner(name) for name in site_owners(self.clues))
        host = host_division(self.clues.url, self.names.regions)
        yield frozenset((host,)) if host else frozenset()

    def _context(self) -> frozenset[str]:
        """Every division named anywhere near, and the site's: enough to choose between namesakes."""
        clues = self.clues
        texts = (clues.title, self.issuer, clues.lead, *clues.around, *clues.tail)
        named = (mention.codes for text in texts for mention in self._mentions(text))
        sure = {code for codes in (*named, *self._site()) if len(codes) == 1 for code in codes}
        return frozenset(sure) - {COUNTRY}

    def _maker(self) -> frozenset[str]:
        if maker := maker_of_law(self.clues):
            return self._owner(maker)
        return frozenset((COUNTRY,)) if is_national_law(self.clues.lead) else frozenset()

    def _owner(self, text: str) -> frozenset[str]:
        """The division a title or an issuer's name begins with."""
        skipped = _BEFORE_OWNER.match(text)
        at = skipped.end() if skipped else 0
        mentions = self._mentions(text)
        if body := national_body(text, at):
            branch = next((one.codes for one in mentions if one.start == body.stop and body.has_branches), None)
            return branch or frozenset((COUNTRY,))
        first = next((number for number, mention in enumerate(mentions) if mention.start == at), None)
        if first is None:
            return _in_last_bracket(text, mentions)
        return self._together(list(_chains(text, mentions[first:])))

    def _together(self, listed: list[Mention]) -> frozenset[str]:
        """One division's codes as they are; of several listed, the one that holds them.

        A namesake among them (玄武区、鼓楼区) is the one that has the others' parent.
        """
        if len(listed) < 2:
            return listed[0].codes if listed else frozenset()
        beside = {
            code
            for mention in listed
            if len(mention.codes) == 1
            for one in mention.codes
            for code in self._line(one)[1:2]
        }
        meant = [{code for code in mention.codes if set(self._line(code)[1:2]) <= beside} for mention in listed]
        return self._holder(set().union(*meant)) if all(len(codes) == 1 for codes in meant) else frozenset()

    def _in_lead(self) -> frozenset[str]:
        lead = self.clues.lead
        mentions = self._mentions(lead)
        if session := next((one for one in mentions if _SESSION.match(lead, one.stop)), None):
            return session.codes
        near = [one for one in mentions if one.start < _LEAD_CHARS and not _COURT_OR_PARTY.match(lead, one.stop)]
        own = _uncited(lead, near)
        sure = {code for mention in own if len(mention.codes) == 1 for code in mention.codes}
        if not sure:
            return own[0].codes if own else frozenset()
        lowest = sure - {higher for code in sure for higher in self._line(code)[1:]}
        spoken = self._spoken_for(sure) if len(lowest) == 1 < len(sure) else None
        holder = frozenset((spoken,)) if spoken else self._holder(lowest)
        return frozenset(code for code in holder if not self._speaks_below(code))

    def _inside_title(self) -> frozenset[str]:
        """The one division a title names further on: 一图读懂顺义区政府工作报告."""
        title = self.clues.title
        chains = list(_chains(title, _uncited(title, self._mentions(title))))
        return chains[0].codes if len(chains) == 1 and chains[0].full else frozenset()

    def _holder(self, codes: set[str]) -> frozenset[str]:
        """The division that holds them all. That the whole country does says nothing."""
        holder = self.names.regions.common_ancestor(codes)
        return frozenset((holder,)) if holder and holder != COUNTRY else frozenset()

    def _spoken_for(self, line: set[str]) -> str | None:
        """Of divisions one in the other, the one the text speaks for: 全市 says the city, 我区 the district."""
        voice = self._voice()
        said = [code for code in line if voice and self._name(code).endswith(voice)]
        return said[0] if len(said) == 1 else None

    def _speaks_below(self, code: str) -> bool:
        """Whether 我区 or 我县 is said where only the city or province above it is named."""
        voice, name = self._voice(), self._name(code)
        if voice == "区" and name.endswith("自治区"):
            return False
        return _RANKS.get(voice, 0) > _RANKS.get(name[-1:], 3)

    def _voice(self) -> str:
        voices = _VOICES.findall(self.clues.lead)
        return max(sorted(set(voices)), key=voices.count) if voices else ""

    def _name(self, code: str) -> str:
        region = self.names.regions.get(code, self.year)
        return region.name if region else ""

    def _line(self, code: str) -> tuple[str, ...]:
        return self.names.regions.ancestors(code)

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        return self.names.mentions(text, self.year)


def _in_last_bracket(text: str, mentions: tuple[Mention, ...]) -> frozenset[str]:
    """…年度报告(顺义区): the division in brackets at the end."""
    last = mentions[-1] if mentions else None
    if last and last.start and text[last.stop :] in (")", "）") and text[last.start - 1] in "(（":
        return last.codes
    return frozenset()


def _chains(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The last mention of each unbroken run (北京市西城区), as long as runs are listed (甲县、乙县)."""
    before: Mention | None = None
    for mention in mentions:
        if before and not _BEFORE_OWNER.fullmatch(text, before.stop, mention.start):
            yield before
            if not _LISTED.fullmatch(text, before.stop, mention.start):
                return
        before = mention
    if before:
        yield before


def _uncited(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions outside titles the text cites: 根据《江苏省…条例》 says little of a district's report."""
    cited = [found.span() for found in _CITED.finditer(text)]
    return [one for one in mentions if not any(start < one.start < stop for start, stop in cited)]
