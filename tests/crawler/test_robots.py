"""robots.txt as RFC 9309 wants it read: its outcomes, its groups, its paths, and 23 files of real sites."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote, unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import robots
from crawler.answers import Answer, Failed, Fault, Fetched, Headers, Moved, Refused, Unchanged
from crawler.robots import Rules, Said, decoded, said
from tests.real import real_folder

HOST = "https://www.example.gov.cn"
URL = f"{HOST}/robots.txt"


def rules(text: str) -> Rules:
    return Rules(Said(text, "rules"))


def fetched(status: int, body: bytes = b"", headers: Headers = ()) -> Fetched:
    return Fetched(URL, status, "", headers, body, body, "192.0.2.1", 0.0, 0.1)


# 2.3.1: what becomes of asking. (outcome, may /a be asked, the words kept)
OUTCOMES: list[tuple[Answer, bool, str]] = [
    (fetched(200, b"User-agent: *\nDisallow: /b"), True, "rules"),
    (fetched(200, b"User-agent: *\nDisallow: /a"), False, "rules"),
    (fetched(203, b"User-agent: *\nDisallow: /a"), False, "rules"),
    (fetched(200, b""), True, "allow all: no rules in it"),
    (fetched(204), True, "allow all: no rules in it"),
    (fetched(200, b"<html><title>404</title><body>Not here</body>"), True, "allow all: no rules in it"),
    (fetched(400), True, "allow all: 400"),
    (fetched(401), True, "allow all: 401"),
    (fetched(403, b"User-agent: *\nDisallow: /"), True, "allow all: 403"),
    (fetched(404), True, "allow all: 404"),
    (fetched(410), True, "allow all: 410"),
    (fetched(451), True, "allow all: 451"),
    (fetched(408), False, "forbid all: 408"),
    (fetched(429), False, "forbid all: 429"),
    (fetched(500), False, "forbid all: 500"),
    (fetched(503, b"User-agent: *\nAllow: /"), False, "forbid all: 503"),
    (fetched(599), False, "forbid all: 599"),
    (fetched(300), False, "forbid all: 300"),
    (Unchanged(URL, 0.1), False, "forbid all: 304 to a request without conditions"),
    (Failed(URL, Fault.UNREACHABLE, "no route", 0.1), False, "forbid all: unreachable"),
    (Failed(URL, Fault.TIMEOUT, "30 s", 30.0), False, "forbid all: timeout"),
    (Failed(URL, Fault.BROKEN, "cut short", 1.0), False, "forbid all: broken"),
    (Failed(URL, Fault.TOO_LARGE, "1 GB", 1.0), False, "forbid all: too large"),
    (Refused(URL, "a private address"), False, "forbid all: not asked, a private address"),
    (Moved(URL, f"{HOST}/sixth", 302, 0.1), True, "allow all: more than 5 redirects"),
]


@pytest.mark.parametrize(("answer", "allowed", "words"), OUTCOMES, ids=[words for _, _, words in OUTCOMES])
def test_every_outcome_of_asking_is_decided(answer: Answer, allowed: bool, words: str) -> None:
    word = said(answer)
    assert (Rules(word).allows(f"{HOST}/a"), word.said) == (allowed, words)


@pytest.mark.parametrize(("answer", "allowed", "words"), OUTCOMES, ids=[words for _, _, words in OUTCOMES])
def test_a_word_kept_in_a_table_means_the_same_afterwards(answer: Answer, allowed: bool, words: str) -> None:
    word = said(answer)
    assert Rules(Said(word.text, word.said)).allows(f"{HOST}/a") == allowed
    assert robots.is_for_now(word.said) == Rules(word).forbids_all_for_now == words.startswith("forbid")


def test_the_rules_themselves_may_always_be_asked() -> None:
    assert Rules(Said(None, "forbid all: 503")).allows(URL)
    assert rules("User-agent: *\nDisallow: /").allows(URL)
    assert not rules("User-agent: *\nDisallow: /").allows(f"{HOST}/a/robots.txt")


ALL = "User-agent: *\n"
OURS = "User-agent: Zhengbao\n"
BOTH = ALL + "Disallow: /\n" + OURS

# 2.2.1: which group is ours. (file, path, may it be asked)
GROUPS = [
    ("", "/a", True),
    ("Disallow: /a", "/a", True),
    (ALL + "Disallow: /a", "/a", False),
    (ALL + "Disallow: /a", "/b", True),
    (OURS + "Disallow: /a", "/a", False),
    ("User-agent: zHENGBAO\nDisallow: /a", "/a", False),
    ("USER-AGENT: ZHENGBAO\nDISALLOW: /a", "/a", False),
    ("User-agent: Zhengbao/1.0\nDisallow: /a", "/a", False),
    ("User-agent: Zhengbao (+http://example.org)\nDisallow: /a", "/a", False),
    ("User-agent: Zhengbao # ours\nDisallow: /a # not this", "/a", False),
    ("User-agent: Zheng\nDisallow: /", "/a", True),
    ("User-agent: bao\nDisallow: /", "/a", True),
    ("User-agent: Zhengbao-News\nDisallow: /", "/a", True),
    ("User-agent: Zhengbao2\nDisallow: /", "/a", True),
    ("User-agent: OtherBot\nDisallow: /", "/a", True),
    (ALL + "Disallow: /\n\n" + OURS + "Allow: /a", "/b", True),
    (OURS + "Allow: /a\n\n" + ALL + "Disallow: /", "/b", True),
    (ALL + "Disallow: /\n\n" + OURS + "Disallow:", "/a", True),
    (OURS + "\n\n" + ALL + "Disallow: /a", "/a", False),
    (OURS + "User-agent: OtherBot\nDisallow: /a", "/a", False),
    ("User-agent: OtherBot\n" + OURS + "Disallow: /a", "/a", False),
    (OURS + OURS + "Disallow: /a", "/a", False),
    (OURS + "Disallow: /a\n\nUser-agent: x\nDisallow: /b\n\n" + OURS + "Disallow: /c", "/a", False),
    (OURS + "Disallow: /a\n\nUser-agent: x\nDisallow: /b\n\n" + OURS + "Disallow: /c", "/b", True),
    (OURS + "Disallow: /a\n\nUser-agent: x\nDisallow: /b\n\n" + OURS + "Disallow: /c", "/c", False),
    (ALL + "Disallow: /a\n" + ALL + "Disallow: /b", "/a", False),
    (OURS + "Sitemap: http://example.org/s.xml\nUser-agent: x\nDisallow: /a", "/a", False),
    (OURS + "Unknown: line\nUser-agent: x\nDisallow: /a", "/a", False),
    (OURS + "Crawl-delay: 5\nUser-agent: x\nDisallow: /a", "/a", False),
    (OURS + "Disallow:\nUser-agent: x\nDisallow: /a", "/a", True),
    (OURS + "a line of no form\nDisallow: /a", "/a", False),
    ("User-agent:\nDisallow: /a", "/a", True),
    (OURS + "Disallow: /b\nUser-agent:\nDisallow: /a", "/a", True),
]

# 2.2: lines as people write them.
LINES = [
    ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
    ("ï»¿User-agent: *\nDisallow: /a", "/a", False),
    ("User-agent: *\r\nDisallow: /a\r\n", "/a", False),
    ("User-agent: *\rDisallow: /a\r", "/a", False),
    ("# a comment\n\n  User-agent :\t*  \n\n \tDisallow\t: /a  ", "/a", False),
    ("User-agent:*\nDisallow:/a", "/a", False),
    ("User-agent： *\nDisallow： /a", "/a", False),
    ("User agent: *\nDisallow: /a", "/a", False),
    ("User-agent *\nDisallow /a", "/a", False),
    (ALL + "Disalow: /a\nDissallow: /b", "/b", False),
    (ALL + "Disallow: /a\u2028b", "/a", True),
    (ALL + "Disallow: /a\x0cDisallow: /b", "/b", True),
    (ALL + "Disallow: admin.php", "/admin.php", False),
    (ALL + "Disallow: /\nAllow: public", "/public", False),
    ("<html>\n<p>User-agent: *</p>\n<p>Disallow: /</p>", "/a", True),
]

# 2.2.2 and 2.2.3: how a path is compared. Rules of the group for all, one path.
PATHS = [
    ("Disallow: /a", "/ab/c.html", False),
    ("Disallow: /a", "/A", True),
    ("Disallow: /a/", "/a", True),
    ("Disallow:", "/a", True),
    ("Allow: /a/b\nDisallow: /a", "/a/b/c", True),
    ("Allow: /a/b\nDisallow: /a", "/a/c", False),
    ("Disallow: /a\nAllow: /a", "/a", True),
    ("Allow: /a\nDisallow: /a", "/a", True),
    ("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", False),
    ("Allow: /page\nDisallow: /*.htm", "/page.htm", False),
    ("Allow: /$\nDisallow: /", "/", True),
    ("Allow: /$\nDisallow: /", "/page.htm", False),
    ("Allow: /x$\nDisallow: /", "/x$y", False),
    ("Allow: /index.html\nDisallow: /", "/", False),
    ("Disallow: *.gif$", "/a/b.gif", False),
    ("Disallow: *.gif$", "/a/b.gif?v=1", True),
    ("Disallow: /*.gif", "/a.gif?v=1", False),
    ("Disallow: /a*c", "/abbbc/d", False),
    ("Disallow: /a**c", "/ac", False),
    ("Disallow: /a*c*$", "/abcd", False),
    ("Disallow: /a*ab$", "/ab", True),
    ("Disallow: /a*b", "/acc", True),
    ("Disallow: /a$b", "/a$b", False),
    ("Disallow: /a$b", "/a", True),
    ("Disallow: /file-with-a-%2A.html", "/file-with-a-*.html", False),
    ("Disallow: /file-with-a-%2A.html", "/file-with-a-b.html", True),
    ("Disallow: /foo-%24", "/foo-$", False),
    ("Disallow: /foo-%24", "/foo-", True),
    ("Disallow: /foo/bar?baz=quz", "/foo/bar?baz=quz", False),
    ("Disallow: /foo/bar?baz=https://foo.bar", "/foo/bar?baz=https%3A%2F%2Ffoo.bar", False),
    ("Disallow: /foo/bar?baz=https%3A%2F%2Ffoo.bar", "/foo/bar?baz=https://foo.bar", False),
    ("Disallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", False),
    ("Disallow: /foo/bar/%E3%83%84", "/foo/bar/ツ", False),
    ("Disallow: /foo/bar/%62%61%7A", "/foo/bar/baz", False),
    ("Disallow: /foo/bar/baz", "/foo/bar/%62%61%7A", False),
    ("Disallow: /政府/", "/%e6%94%bf%e5%ba%9c/a.html", False),
    ("Allow: /%E6%94%BF\nDisallow: /政", "/政", True),
    ("Disallow: /%D5%FE", "/%d5%fe/a", False),
    ("Disallow: /%D5%FE", "/%B8%AE/a", True),
    ("Disallow: /a%2fb", "/a/b", True),
    ("Disallow: /a%2Fb", "/a%2fb", False),
    ("Disallow: /a%3Fb", "/a?b", True),
    ("Disallow: /a?b=%26", "/a?b=&", True),
    ("Disallow: *gsid=*", "/dpool/?gsid=4", False),
    ("Disallow: /a:b", "/a%3Ab", False),
    ("Disallow: /a;x", "/a;x=1", False),
    ("Disallow: /100%", "/100%25", False),
    ("Disallow: /?", "/", True),
    ("Disallow: /?", "/?", False),
    ("Disallow: /", "", False),
    ("Disallow: /?", "?a=1", False),
    ("Disallow: /a$", "/a#top", False),
    ("Disallow: /a", "/b?u=http://x/a", True),
    ("Disallow: /a", "/b/../a", False),
    ("Disallow: /b/", "/b/../a", False),
    ("Disallow: /a", "/b/%2e%2E/./a", False),
    ("Disallow: /a", "/../../a", False),
]

VECTORS = [*GROUPS, *LINES, *((ALL + lines, path, allowed) for lines, path, allowed in PATHS)]


@pytest.mark.parametrize(("text", "path", "allowed"), VECTORS)
def test_rules_are_read_as_rfc_9309_says(text: str, path: str, allowed: bool) -> None:
    assert Rules(said(fetched(200, text.encode()))).allows(HOST + path) == allowed


def test_the_table_of_vectors_is_as_long_as_promised() -> None:
    assert len(VECTORS) >= 60


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ("User-agent: *\nDisallow: /政".encode("gb18030"), "/%D5%FE"),
        ("User-agent: *\nDisallow: /政".encode("utf-16"), "/%E6%94%BF"),
        ("User-agent: *\nDisallow: /a".encode("utf-16-le"), "/a"),
        (b"User-agent: *\x00\nDisallow: /a\x00", "/a"),
        (b"\xff\xfe\xfd", None),
    ],
)
def test_bytes_of_any_encoding_are_read(data: bytes, path: str | None) -> None:
    text = decoded(data)
    assert text.encode("utf-8")
    assert path is None or not rules(text).allows(HOST + path)


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_a_long_file_is_read_to_its_last_whole_line_within_the_bound(end: bytes) -> None:
    head = b"User-agent: *" + end + b"Disallow: /a" + end
    line = b"Allow: /" + b"x" * 91 + end
    data = head + line * 6_000
    text = decoded(data)
    assert 500 * 1024 <= len(text) <= robots.MAX_BYTES
    assert data.startswith(text.encode())
    assert text.endswith(end.decode())
    assert not rules(text).allows(f"{HOST}/a")


def test_a_rule_beyond_the_bound_is_not_read_in_half() -> None:
    head = b"User-agent: *\nDisallow: /\n"
    data = head + b"#" * (robots.MAX_BYTES - len(head) - 12) + b"\nAllow: /open/to/all\n"
    assert not rules(decoded(data)).allows(f"{HOST}/op")


DELAYS = [
    ("Crawl-delay: 10", 10.0),
    ("Crawl-delay: 0.5", 0.5),
    ("Crawl-delay: 0", 0.0),
    ("crawl-delay:10 s", 10.0),
    ("Crawl-delay: 1,5", 1.5),
    ("Crawl-delay: 1e9", 1e9),
    ("Crawl-delay: 100000", 100_000.0),
    ("Crawl-delay: nan", None),
    ("Crawl-delay: inf", None),
    ("Crawl-delay: 1e999", None),
    ("Crawl-delay: -1", None),
    ("Crawl-delay: soon", None),
    ("Crawl-delay:", None),
    ("Crawl-delay: 5\nCrawl-delay: 2", 5.0),
    ("Request-rate: 1/10s", 10.0),
    ("Request-rate: 1/10", 10.0),
    ("Request-rate: 2/1m", 30.0),
    ("Request-rate: 1/1h 0600-0845", 3600.0),
    ("Request-rate: 1/10s\nCrawl-delay: 4", 10.0),
    ("Request-rate: 0/10", None),
    ("Request-rate: a/b", None),
    ("Request-rate: 1/-5", None),
]


@pytest.mark.parametrize(("lines", "seconds"), DELAYS)
def test_the_longest_delay_asked_for_is_taken(lines: str, seconds: float | None) -> None:
    assert rules(ALL + lines).crawl_delay_s == seconds


def test_a_delay_is_that_of_our_own_group() -> None:
    assert rules("User-agent: x\nCrawl-delay: 9\nDisallow: /b\n\n" + ALL + "Disallow: /a").crawl_delay_s is None
    assert rules(ALL + "Crawl-delay: 9\nDisallow: /a\n" + OURS + "Crawl-delay: 4\nAllow: /").crawl_delay_s == 4.0


def test_sitemaps_belong_to_no_group() -> None:
    text = "Sitemap: http://a/1.xml\nUser-agent: x\nSitemap:http://a/2.xml \nDisallow: /\nsite-map: http://a/1.xml\nSitemap:"
    assert rules(text).sitemaps == ("http://a/1.xml", "http://a/2.xml")


@given(st.text(), st.text())
def test_nothing_makes_reading_fail(text: str, path: str) -> None:
    assert rules(ALL + text).allows(f"{HOST}/{path}") in (True, False)
    assert isinstance(said(fetched(200, text.encode("utf-8", "replace"))).said, str)


@given(st.binary(max_size=200))
def test_whatever_bytes_come_can_be_kept_as_text(data: bytes) -> None:
    assert decoded(data).encode("utf-8") is not None


@given(st.lists(st.tuples(st.sampled_from(["Allow", "Disallow"]), st.text("/ab*$?=", min_size=1)), max_size=6))
def test_the_order_of_rules_is_of_no_importance(lines: list[tuple[str, str]]) -> None:
    forward, backward = ([f"{word}: /{path}" for word, path in each] for each in (lines, lines[::-1]))
    for path in ("/", "/a", "/ab", "/a/b?a=b", "/b/a$"):
        assert rules(ALL + "\n".join(forward)).allows(path) == rules(ALL + "\n".join(backward)).allows(path)


@given(st.lists(st.tuples(st.sampled_from(["Allow", "Disallow"]), st.text("/ab*$?=政", min_size=1)), max_size=6))
def test_rules_agree_with_the_reference(lines: list[tuple[str, str]]) -> None:
    text = ALL + "\n".join(f"{word}: /{path}" for word, path in lines)
    for path in ("/", "/a", "/ab", "/a/b?a=b", "/b/a", "/政", "/a政?b"):
        assert rules(text).allows(HOST + path) == reference_allows(text, path)


# A reader of its own, as short as can be: patterns as regular expressions over octets, for the group `*`.
@cache
def reference_rules(text: str) -> list[tuple[bool, str]]:
    found: list[tuple[bool, str]] = []
    ours, after_rule = False, True
    for line in re.split(r"[\r\n]+", text.removeprefix("ï»¿").removeprefix("\ufeff")):
        word, _, value = (part.strip() for part in line.split("#")[0].partition(":"))
        if word.lower() == "user-agent":
            ours, after_rule = value == "*" or (ours and not after_rule), False
        elif word.lower() in ("allow", "disallow"):
            after_rule = True
            if ours and value:
                found.append((word.lower() == "allow", value if value[0] in "/*" or word[0] in "Aa" else "/" + value))
    return found


@cache
def reference_patterns(text: str) -> list[tuple[int, bool, re.Pattern[bytes]]]:
    found = []
    for allow, rule in reference_rules(text):
        body = re.sub(r"\*+", "*", rule.removesuffix("$"))
        octets = len(quote(unquote_to_bytes(body), safe="/?&=*:@!'(),;+[]")) + rule.endswith("$")
        pattern = b".*".join(re.escape(unquote_to_bytes(part)) for part in body.split("*"))
        found.append((octets, allow, re.compile(pattern + (rb"\Z" if rule.endswith("$") else b""), re.DOTALL)))
    return found


def reference_allows(text: str, path: str) -> bool:
    octets = unquote_to_bytes(path)
    fitting = [(length, allow) for length, allow, pattern in reference_patterns(text) if pattern.match(octets)]
    return max(fitting, default=(0, True))[1]


def probes(text: str) -> set[str]:
    """Paths that a file's own rules speak of, and paths beside them."""
    paths = {"/", "/index.html", "/a/b.htm", "/?a=1"}
    for _, rule in reference_rules(text):
        body = rule.removesuffix("$")
        body = body if body.startswith(("/", "*")) else f"/{body}"
        for middle in ("", "x", "x/y"):
            path = body.replace("*", middle)
            path = path if path.startswith("/") else f"/{path}"
            paths |= {path, path + "x", path + "/x.htm", path[:-1], path + "?q=1"}
    return {path for path in paths if path.startswith("/") and "/." not in path}


def test_the_files_of_real_sites_are_read_like_the_reference_reads_them() -> None:
    files = sorted((real_folder() / "robots").glob("*.txt"))
    assert len(files) == 23
    wrong, asked, forbidden = [], 0, 0
    for file in files:
        text = decoded(file.read_bytes())
        word = Rules(said(fetched(200, file.read_bytes())))
        every = sorted(probes(text))
        for path in every[:: len(every) // 500 + 1]:
            allowed = word.allows(HOST + path)
            asked, forbidden = asked + 1, forbidden + (not allowed)
            if allowed != reference_allows(text, path):
                wrong.append((file.name, path, allowed))
    assert wrong == []
    assert asked - forbidden > 500 < forbidden


def test_the_mark_encoded_twice_does_not_hide_the_rules_of_a_real_file() -> None:
    word = Rules(said(fetched(200, (real_folder() / "robots" / "www.gov.cn.robots.txt").read_bytes())))
    assert not word.allows("http://www.gov.cn/premier/index.htm")
    assert word.allows("http://www.gov.cn/zhengce/content/2019-01/03/content_5354528.htm")
    assert len(word.sitemaps) == 4
