"""What only a browser can tell: accessibility, width, keyboard, and that no script is needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.webapp.browser import PATIENCE_MS, axe_script, chromium, served
from tests.webapp.fake_history import CORRECTED, GONE
from tests.webapp.fakes import FakeLibrary

Q = quote("“每月一题”")
REPORT = next(r.id for r in FakeLibrary().reports if (r.region_code, r.year) == ("970101", 2023))
CHANGED, WITHDRAWN = (
    next(r.id for r in FakeLibrary().reports if (r.region_code, r.year) == which) for which in (CORRECTED, GONE)
)
PAGES = {
    "home": "/",
    "search": f"/search?q={Q}&region=970100&year=2022&year=2023&section=problems",
    "pages": "/search?page=2",
    "no hit": f"/search?q={quote('没人写过')}",
    "not held": f"/search?q={Q}&year=2021&region=970101",
    "not expected": f"/search?q={Q}&year=1999",
    "report": f"/report/{REPORT}?q={Q}",
    "report in the other script": f"/report/{FakeLibrary().reports[-1].id}",
    "hostile report": "/report/bad0bad0bad0bad0",
    "changes": f"/report/{CHANGED}/changes",
    "withdrawn report": f"/report/{WITHDRAWN}",
    "coverage": "/coverage",
    "watch": "/watch",
    "watch of one state": "/watch?kind=all&year=2021&state=unseen",
    "crawl": "/crawl",
    "crawl of one source and reason": f"/crawl?source={quote('望潮')}&why=unwanted",
    "about": "/about",
    "refused": f"/search?q={Q}&year=abc&foo=1",
    "absent": "/nope",
}
Page = Any


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def axe() -> str:
    return axe_script()


def opened(browser: Any, base: str, **options: Any) -> Page:
    context = browser.new_context(**{"base_url": base, "viewport": {"width": 1280, "height": 800}, **options})
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


@pytest.fixture
def page(browser: Any, base: str) -> Iterator[Page]:
    page = opened(browser, base)
    yield page
    page.context.close()


@pytest.fixture
def plain(browser: Any, base: str) -> Iterator[Page]:
    page = opened(browser, base, java_script_enabled=False)
    yield page
    page.context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
def test_the_pages_have_no_accessibility_violation(browser: Any, base: str, axe: str, scheme: str, width: int) -> None:
    page = opened(browser, base, color_scheme=scheme, viewport={"width": width, "height": 800})
    found = []
    for name, path in PAGES.items():
        page.goto(path)
        page.evaluate(axe)
        results = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found += [
            (name, each["id"], each["impact"], [node["html"][:120] for node in each["nodes"][:3]])
            for each in results["violations"]
        ]
    page.context.close()
    assert found == []


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_page_scrolls_sideways(browser: Any, base: str, width: int) -> None:
    page = opened(browser, base, viewport={"width": width, "height": 800})
    wide = []
    for name, path in PAGES.items():
        page.goto(path)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wide += [name] if over > 0 else []
    page.context.close()
    assert wide == []


def test_what_a_finger_must_hit_is_large_enough(browser: Any, base: str) -> None:
    page = opened(browser, base, viewport={"width": 360, "height": 800}, has_touch=True)
    page.goto(PAGES["search"])
    page.locator(".drawer > summary").click()
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            '.choice, .below > summary, .drawer > summary, .chip, .ask button, .ask input, .sorts a, .site-nav a')]
            .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 43.9)
            .map(each => each.outerHTML.slice(0, 90))"""
    )
    page.context.close()
    assert small == []


def test_nothing_breaks_the_policy_or_raises(page: Page) -> None:
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text))
    for name in ("home", "search", "report", "hostile report", "coverage", "watch", "crawl"):
        page.goto(PAGES[name])
    assert said == []


def test_a_question_is_asked_narrowed_and_read(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox").fill("“每月一题”")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    page.locator(".facet-year .choice", has_text="2022").click()
    page.wait_for_url("**year=2022*")
    page.locator(".facet-year .choice", has_text="2021").click()
    page.wait_for_url("**year=2021*")
    assert page.locator(".chip").count() == 2
    assert set(page.locator(".hit-year").all_inner_texts()) == {"2022", "2021"}
    page.locator(".hit-title a").first.click()
    page.wait_for_url("**/report/**")
    assert page.locator("mark").count() == 3


def test_marks_are_walked_by_key(page: Page) -> None:
    page.goto(PAGES["report"])
    for key, mark in (("n", "m1"), ("n", "m2"), ("p", "m1"), ("p", "m3"), ("n", "m1")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.parentElement.id") == mark
        assert page.url.endswith(f"#{mark}")


def test_slash_leads_to_the_question(page: Page) -> None:
    page.goto(PAGES["report"])
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("n/p")
    assert page.input_value("#q") == "n/p"


def test_the_first_tab_skips_to_the_text(page: Page) -> None:
    page.goto(PAGES["search"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_enter_that_ends_a_composition_sends_nothing(page: Page) -> None:
    page.goto("/")
    page.focus("#q")
    page.evaluate("document.getElementById('q').dispatchEvent(new CompositionEvent('compositionstart'))")
    page.keyboard.type("meiyueyiti")
    page.keyboard.press("Enter")
    assert "/search" not in page.url
    page.evaluate("document.getElementById('q').dispatchEvent(new CompositionEvent('compositionend'))")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=meiyueyiti")


def typed(page: Page, text: str) -> None:
    """Types into the question and waits for the list."""
    page.focus("#q")
    page.keyboard.type(text)
    page.locator("#suggestions").wait_for()


def test_what_is_typed_in_pinyin_is_completed_by_key(page: Page) -> None:
    page.goto("/")
    box, options = page.get_by_role("combobox"), page.get_by_role("option")
    assert box.get_attribute("aria-expanded") == "false"
    typed(page, "yingsh")
    assert options.first.inner_text().split()[:2] == ["营商环境", "词语"]
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") is None
    for key, active in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowDown", None), ("ArrowUp", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        pointed = None if active is None else options.nth(active).get_attribute("id")
        assert box.get_attribute("aria-activedescendant") == pointed
        chosen = [each.get_attribute("aria-selected") for each in options.all()]
        assert chosen == [str(number == active).lower() for number in range(2)]
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert page.input_value("#q") == "“营商环境”"


def test_escape_closes_the_list_and_keeps_what_was_typed(page: Page) -> None:
    page.goto("/")
    typed(page, "营商")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert not page.locator("#suggestions").is_visible()
    assert page.get_by_role("combobox").get_attribute("aria-expanded") == "false"
    assert page.input_value("#q") == "营商"
    page.keyboard.press("ArrowDown")
    page.locator("#suggestions").wait_for()
    page.keyboard.press("Tab")
    page.locator("#suggestions").wait_for(state="hidden")


def test_enter_without_a_choice_asks_what_was_typed(page: Page) -> None:
    page.goto("/")
    typed(page, "营商")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    assert page.input_value("#q") == "营商"


def test_a_suggestion_is_taken_by_pointer(page: Page) -> None:
    page.goto(PAGES["search"])
    page.fill("#q", "")
    typed(page, "mei")
    page.get_by_role("option", name="每月一题").click()
    page.wait_for_url(lambda url: "year=2022" in url and "problems" in url)
    assert page.input_value("#q") == "“每月一题”"


def test_nothing_is_suggested_while_composing(page: Page) -> None:
    page.goto("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/suggest" in request.url else None)
    page.focus("#q")
    page.evaluate("document.getElementById('q').dispatchEvent(new CompositionEvent('compositionstart'))")
    page.keyboard.type("yingsh")
    page.wait_for_timeout(400)
    assert asked == []
    page.evaluate("document.getElementById('q').dispatchEvent(new CompositionEvent('compositionend'))")
    page.locator("#suggestions").wait_for()
    assert len(asked) == 1


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_an_open_list_is_accessible_and_breaks_no_policy(
    browser: Any, base: str, axe: str, scheme: str, width: int
) -> None:
    page = opened(browser, base, color_scheme=scheme, viewport={"width": width, "height": 800})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/")
    typed(page, "yingsh")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    heights = page.evaluate("[...document.querySelectorAll('.suggestions li')].map(each => each.offsetHeight)")
    assert min(heights) >= 44
    page.evaluate(axe)
    results = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    page.context.close()
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in results["violations"]] == []
    assert said == []


def test_reasons_unfold_by_key_and_lead_to_all_their_addresses(plain: Page) -> None:
    plain.goto(PAGES["crawl"])
    group = plain.locator(".reason-group").first
    assert not group.locator("li").first.is_visible()
    group.locator("summary").focus()
    plain.keyboard.press("Enter")
    assert group.locator("li").first.is_visible()
    group.get_by_role("link", name="看全部").click()
    plain.wait_for_url("**why=unwanted*")
    plain.get_by_role("link", name="下一页").click()
    plain.wait_for_url("**page=2*")
    assert plain.locator(".pages [aria-current]").inner_text() == "2"


def test_a_printed_crawl_shows_what_is_folded(page: Page) -> None:
    page.goto(PAGES["crawl"])
    page.emulate_media(media="print")
    assert page.locator(".reason-group li").first.is_visible()
    assert not page.locator(".pick").is_visible()


def test_nothing_moves_after_it_is_shown(page: Page) -> None:
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.shift += e.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    for name in ("home", "search", "report"):
        page.goto(PAGES[name])
        assert page.evaluate("new Promise(done => requestAnimationFrame(() => done(window.shift)))") < 0.01


def test_everything_works_without_a_script(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_role("searchbox").fill("“每月一题”")
    plain.get_by_role("button", name="搜索").click()
    plain.wait_for_url("**/search?q=*")
    plain.locator(".facet-region .choice", has_text="海岬省").click()
    plain.wait_for_url("**region=980000*")
    plain.get_by_role("link", name="去掉条件：海岬省").click()
    plain.wait_for_url(lambda url: "region" not in url)
    plain.locator(".hit-title a").first.click()
    plain.locator(".found-ways a").first.click()
    assert plain.url.endswith("#m1")
    plain.locator("#m1 a").click()
    assert plain.url.endswith("#m2")


def test_the_drawer_opens_on_a_phone_without_a_script(browser: Any, base: str) -> None:
    page = opened(browser, base, viewport={"width": 360, "height": 800}, java_script_enabled=False)
    page.goto(PAGES["search"])
    assert not page.locator(".facet-list").is_visible()
    page.locator(".drawer > summary").click()
    page.locator(".facet-year .choice", has_text="2021").click()
    page.wait_for_url("**year=2021*")
    page.context.close()


def test_a_printed_report_is_the_report_and_where_it_is_from(page: Page) -> None:
    page.goto(PAGES["report"])
    page.emulate_media(media="print")
    assert not any(page.locator(each).is_visible() for each in (".site", ".site-foot", ".contents", ".found"))
    assert f"/report/{REPORT}" in page.locator(".print-only").inner_text()
    assert page.locator("article.text").is_visible()
