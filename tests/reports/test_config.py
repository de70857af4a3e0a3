from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reports.config import Config, load_config
from reports.errors import ConfigError

SHIPPED = Path(__file__).parents[2] / "config.toml"


def test_the_shipped_file_says_every_default() -> None:
    said, default = load_config(SHIPPED), Config()
    assert replace(said, source=()).with_corpus(default.corpus.path) == default
    assert said.corpus.path == SHIPPED.parent / "corpus"


def test_without_a_file_everything_is_default(tmp_path: Path) -> None:
    assert load_config(tmp_path / "config.toml") == Config()


def test_a_file_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load_config(tmp_path / "config.toml", required=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[serch]\n", r"unknown table \[serch\]"),
        ("[index]\nengin = 'whoosh'\n", r"unknown key 'engin' in \[index\]"),
        ("[index]\nengine = 3\n", r"\[index\] engine must be a string"),
        ("[index]\nengine = 'lucene'\n", r"\[index\] engine must be"),
        ("[web]\nport = 70000\n", r"\[web\] port must be 0 to 65535"),
        ("[web]\nport = true\n", r"\[web\] port must be a whole number"),
        ("[reading]\nworkers = 0\n", r"\[reading\] workers"),
        ("[reading]\ntimeout_s = -1\n", r"\[reading\] timeout_s"),
        ("[web]\nexamples = ['a', 1]\n", r"\[web\] examples must be a list of strings"),
        ("web = 1\n", "web must be a table"),
        ("[web\n", "line 1"),
    ],
)
def test_what_cannot_be_meant_is_named_with_its_file(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=said) as raised:
        load_config(file)
    assert str(file) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_an_engine_whose_libraries_are_absent_names_them_and_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[index]\nengine = 'tantivy'\n", "utf-8")
    assert load_config(file).index.engine == "tantivy"
    monkeypatch.setattr("reports.config.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"needs tantivy and rjieba.*pip install .*\.\[fast\]"):
        load_config(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[crawl]\nhours = "25:00-06:00"', "hours"),
        ("[crawl]\ndelay_s = -1", "delay_s"),
        ('[crawl]\nproject = "nowhere"', "project"),
        ('[crawl]\ncontact = "张三"', "plain ASCII"),
        ('[crawl]\nallow = ["10.0.0.0/99"]', "allow"),
        ('[crawl]\nconnect_to = ["a=b"]', "connect_to"),
        ('[source]\nname = "a"', r"\[\[source\]\]"),
        ('[[source]]\nname = "a"', "urls is missing"),
        ('[[source]]\nname = "a"\nurls = ["ftp://a"]', "http addresses"),
        ('[[source]]\nname = "a"\nurls = ["http://a/"]\ncolour = 1', "unknown key 'colour'"),
        ('[[source]]\nname = "a"\nurls = ["http://a/"]\nkinds = ["年报"]', "年报"),
        ('[[source]]\nname = "a"\nurls = ["http://a/"]\nregion = "11"', "six digits"),
        ('[[source]]\nname = "a"\nurls = ["http://a/"]\nwindow = "1月"', "MM-DD"),
        ('[[source]]\nname = "a"\nurls = ["http://a/"]\nleave = "("', "regular expression"),
        ('[[source]]\nname = "a"\nurls = ["http://a/"]\nchecked = "soon"', "checked"),
        ('[[source]]\nname = "a"\nurls = ["http://a/"]\n' * 2, "stands twice"),
    ],
)
def test_what_cannot_be_meant_of_crawling_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "config.toml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=said):
        load_config(tmp_path / "config.toml")
