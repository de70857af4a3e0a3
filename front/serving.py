"""Commands that serve the pages."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import click

from crawler.crawl import crawl
from demo.web import FictionalWeb
from front.beside import CrawlerBeside
from front.desk import Desk, counter, fail
from front.searching import build
from reports.config import load_config

DEMO = Path(__file__).parent.parent / "corpus" / "demo"
DEMO_LINKS = ("/search?q=“每月一题”", "/search?q=免申即享&region=990400", "/coverage", "/watch")


@click.command()
@click.option("--host", help="Address to serve on; default from the configuration.")
@click.option("--port", type=click.IntRange(0, 65535), help="0 takes any free port.")
@click.option("--with-crawler", is_flag=True, help="Also crawl what is due and build, every quarter of an hour.")
@click.pass_obj
def serve(desk: Desk, host: str | None, port: int | None, with_crawler: bool) -> None:
    """Serve the pages until interrupted."""
    with CrawlerBeside(desk) if with_crawler else nullcontext():
        desk.serve(host, port)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), help="Default 8000; 0 takes any free port.")
@click.pass_context
def demo(ctx: click.Context, port: int | None) -> None:
    """Crawl the fictional web over loopback, build, and serve its reports."""
    desk = ctx.obj = Desk(load_config(DEMO / "config.toml", required=True), DEMO / "config.toml")
    with FictionalWeb() as web:
        there = replace(desk.config, crawl=replace(desk.config.crawl, connect_to=web.connect_to))
        with desk.store(create=True) as store, counter("requests") as at:
            outcomes = crawl(there, store, there.source, progress=lambda so_far: at(so_far.requests, None))
    click.echo(f"the fictional web was crawled: {outcomes.summary()}")
    if outcomes.stopped:
        fail("stopped")
    ctx.invoke(build, full=False)
    desk.serve(None, port, DEMO_LINKS)
