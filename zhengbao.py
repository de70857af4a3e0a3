"""The front door: `zhengbao COMMAND`; the commands stand in front/."""

from __future__ import annotations

from pathlib import Path

import click

from front.desk import Desk, Front, Later
from reports.config import load_config

# In the order a person meets them. Each is loaded when it is asked for: a crawl needs no pages, its workers neither.
COMMANDS = Later(
    {
        "crawl": "front.crawling:crawl",
        "add": "front.scouting:add",
        "sources": "front.scouting:sources",
        "import": "front.holding:import_",
        "reread": "front.crawling:reread",
        "build": "front.searching:build",
        "search": "front.searching:search",
        "compare": "front.comparing:compare",
        "explain": "front.searching:explain",
        "serve": "front.serving:serve",
        "show": "front.holding:show",
        "export": "front.holding:export",
        "status": "front.holding:status",
        "check": "front.holding:check",
        "demo": "front.serving:demo",
    }
)


@click.group(cls=Front, commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config", "config_file", type=click.Path(path_type=Path), help="Default: config.toml, where there is one."
)
@click.option("--corpus", type=click.Path(path_type=Path), help="Folder of the corpus; overrides the configured one.")
@click.version_option(package_name="zhengbao")
@click.pass_context
def main(ctx: click.Context, config_file: Path | None, corpus: Path | None) -> None:
    """Zhengbao 政报: full-text search over published Chinese government reports."""
    file = config_file or Path("config.toml")
    config = load_config(file, required=config_file is not None)
    ctx.obj = Desk(config.with_corpus(corpus) if corpus else config, file)


if __name__ == "__main__":
    main()
