"""What lies beside the reports of one page: whole, in its pieces."""

from __future__ import annotations

from io import BytesIO

import docx

from demo.beside import AS_FILE, IN_PARTS, parts_of, written_beside
from demo.pages import MARKER
from demo.sites import path_of, sites
from tests.demo.composed import beside, page_text


def test_the_report_over_two_pages_is_whole_and_its_pages_lead_to_each_other() -> None:
    entry = next(entry for entry in written_beside() if entry.key == IN_PARTS)
    site = sites()[entry.site]
    first = f"{site.host}{path_of(site, entry)}"
    pages = (first, first.replace(".htm", "_2.htm"))
    for name, other, part in zip(pages, reversed(pages), parts_of(entry), strict=True):
        text = page_text(f"beside/{name}")
        assert f'href="{other.rpartition("/")[2]}"' in text
        assert [block.text for block in part.blocks if block.text not in text] == []
    assert [block for part in parts_of(entry) for block in part.blocks] == list(entry.blocks)


def test_the_report_that_is_only_a_file_stands_whole_in_it() -> None:
    entry = next(entry for entry in written_beside() if entry.key == AS_FILE)
    [name] = [name for name in beside() if name.endswith(".docx")]
    document = docx.Document(BytesIO(beside()[name]))
    assert [each.text for each in document.paragraphs] == [entry.title, *(block.text for block in entry.blocks)]
    assert document.sections[0].footer.paragraphs[0].text == MARKER
    page = page_text(f"beside/{name.replace('/W', '/t').replace('.docx', '.shtml')}")
    assert f'href="./{name.rpartition("/")[2]}"' in page
    assert entry.blocks[0].text not in page


def test_notices_stand_on_the_lists_beside_the_reports() -> None:
    told = [entry.title for entry in written_beside() if entry.key.startswith("notices-")]
    assert [
        word for word in ("要点", "方案", "解读", "通知", "目录", "综述") if not any(word in each for each in told)
    ] == []
