"""What only a browser can tell of the pages of comparison."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.webapp.browser import PATIENCE_MS, axe_script, chromium, served
from tests.webapp.test_compare_pages import ASKED, Q

NARROW = "&year=2021-2023&region=970100"
WIDE = {
    "home": "/compare",
    "concordance": ASKED["concordance"],
    "first": ASKED["first"],
    "trend": ASKED["trend"] + NARROW,
    "wordlist": ASKED["wordlist"] + NARROW,
    "figures": f"/compare/matrix?measure=figures&q={quote('“全年办结”')}{NARROW}",
}
SMALL = {
    "matrix": ASKED["matrix"] + NARROW + "&measure=rate",
    "trend": ASKED["trend"] + NARROW,
    "one column": f"/compare/concordance?q={quote(Q)}&region=970101",
    "refused": "/compare/matrix?q=x&region=火星&foo=1",
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


def opened(browser: Any, base: str, **options: Any) -> Page:
    context = browser.new_context(**{"base_url": base, "viewport": {"width": 1280, "height": 800}, **options})
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


@pytest.fixture
def plain(browser: Any, base: str) -> Iterator[Page]:
    page = opened(browser, base, java_script_enabled=False)
    yield page
    page.context.close()


@pytest.mark.parametrize(("scheme", "width", "pages"), [("light", 1280, WIDE), ("dark", 390, SMALL)])
def test_the_views_are_accessible_fit_their_window_and_keep_the_policy(
    browser: Any, base: str, scheme: str, width: int, pages: dict[str, str]
) -> None:
    page, axe = opened(browser, base, color_scheme=scheme, viewport={"width": width, "height": 800}), axe_script()
    found: list[object] = []
    page.on("console", lambda said: found.append(said.text) if "400" not in said.text else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    for name, path in pages.items():
        page.goto(path)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [(name, "scrolls sideways", over)] if over > 0 else []
        page.evaluate(axe)
        results = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found += [
            (name, each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in results["violations"]
        ]
    page.context.close()
    assert found == []


def test_a_comparison_is_asked_narrowed_opened_and_read_without_a_script(plain: Page) -> None:
    plain.goto("/compare")
    plain.get_by_label("比哪句话").fill(Q)
    plain.get_by_role("button", name="对照").click()
    plain.wait_for_url("**/compare/matrix?q=*")
    plain.get_by_role("link", name="收起 临溪市").click()
    plain.wait_for_url("**open=*")
    assert plain.get_by_text("白鹭县").count() == 0
    plain.get_by_role("link", name="次/万字", exact=True).click()
    plain.wait_for_url("**measure=rate*")
    plain.locator("td.ink-5 a").first.click()
    plain.wait_for_url("**/compare/concordance?*")
    plain.locator(".kwic-line a").first.click()
    plain.wait_for_url("**/report/*/at/*")
    assert plain.locator("mark.passage").is_visible()


def test_rows_are_opened_by_key_and_stay_in_sight(browser: Any, base: str) -> None:
    page = opened(browser, base, viewport={"width": 390, "height": 640})
    page.goto(ASKED["matrix"] + "&open=none")
    page.get_by_role("link", name="展开 云岫省").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**open=970000*")
    assert page.get_by_role("link", name="收起 云岫省").is_visible()
    # The browser scrolls to the row once the page is laid out.
    page.wait_for_function(
        """() => {
            const row = document.querySelector('#r-970000').getBoundingClientRect();
            return row.top >= 0 && row.bottom <= innerHeight;
        }"""
    )
    page.context.close()


def test_marks_of_a_chart_are_links_by_key_with_names(browser: Any, base: str) -> None:
    page = opened(browser, base)
    page.goto(ASKED["trend"])
    mark = page.locator(".chart a").first
    assert "次" in mark.get_attribute("aria-label")
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/concordance?*")
    page.context.close()


def test_what_is_printed_is_the_table_and_what_it_was_made_of(browser: Any, base: str) -> None:
    page = opened(browser, base)
    page.goto(ASKED["matrix"])
    page.emulate_media(media="print")
    hidden = (".site", ".tabs", ".compare-form", ".switches", ".takeaway")
    assert not any(page.locator(each).first.is_visible() for each in hidden)
    assert all(
        page.locator(each).first.is_visible() for each in (".matrix-table", ".legend", ".summary", ".print-only")
    )
    page.context.close()


def test_what_a_finger_must_hit_is_large_enough(browser: Any, base: str) -> None:
    page = opened(browser, base, viewport={"width": 390, "height": 800}, has_touch=True)
    small = []
    for name in ("matrix", "concordance", "first", "trend", "wordlist"):
        page.goto(ASKED[name])
        small += page.evaluate(
            """() => [...document.querySelectorAll('.tabs a, .sorts a, .takeaway a, .takeaway button, .compare-form '
                + 'input:not([type=hidden], [type=checkbox]), .compare-form select, .matrix-table td a')]
                .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 43.5)
                .map(each => each.outerHTML.slice(0, 90))"""
        )
    page.context.close()
    assert small == []
