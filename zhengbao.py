"""The front door: `zhengbao COMMAND`; the commands stand in front/."""

from __future__ import annotations

from pathlib import Path

import click

from front import crawling, holding, scouting, searching, serving
from front.desk import Desk, Front
from reports.config import load_config


@click.group(cls=Front, context_settings={"help_option_names": ["-h", "--help"]})
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


for command in (
    crawling.crawl, scouting.add, scouting.sources, holding.import_, crawling.reread, searching.build,
    searching.search, serving.serve, holding.show, holding.export, holding.status, holding.check, serving.demo,
):  # fmt: skip
    main.add_command(command)


if __name__ == "__main__":
    main()
