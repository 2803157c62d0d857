"""The HTTP API of a file, asked over real HTTP on loopback."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
from wire_articles import NOON, wire_article

from alerts.channels import problem_of
from schemas.alert import Alert, Delivery
from schemas.article import WireArticle
from web.app import create_app
from web.installation import FoundFeed, Installation, SiteError
from web.server import HttpServer
from wirewatch.compose.local import LocalPipeline
from wirewatch.settings import Settings

DAM = "Ilse Brandt said on Monday: “The dam at Halvern will hold.” Two engineers looked at it."
LATER = NOON + timedelta(hours=2)
FERRY = "The ferry to Lindholm sails again. Per Holm spoke of a long winter."


def news() -> list[WireArticle]:
    """Two articles, an hour apart."""
    return [
        wire_article(
            "dam",
            DAM,
            people=["Ilse Brandt"],
            places=["Halvern"],
            said=[("The dam at Halvern will hold.", "Ilse Brandt")],
            title="The dam holds",
            source="quay.example",
            url="https://quay.example/dam",
            language="en",
        ),
        wire_article(
            "ferry",
            FERRY,
            people=["Per Holm"],
            title="The ferry sails",
            source="wire.example",
            language="en",
            first_seen=NOON + timedelta(hours=1),
        ),
    ]


@contextmanager
def news_file(folder: Path) -> Iterator[LocalPipeline]:
    """A file with them, at LATER; nobody works its stages."""
    with LocalPipeline(Settings(db=folder / "wire.db"), lambda: LATER) as pipeline:
        pipeline.store.write(news())
        yield pipeline


@dataclass(frozen=True)
class Served:
    """A pipeline, and a client of its HTTP API."""

    pipeline: LocalPipeline
    client: httpx.Client
    address: str


def installation_of(pipeline: LocalPipeline) -> Installation:
    """A pipeline at LATER, as its API is given it; no site is asked for its feeds."""

    def find_feeds(url: str) -> list[FoundFeed]:
        if "nothing" in url:
            raise SiteError(f"{url} has no feed that could be found")
        return [FoundFeed(url + "/feed.xml", "A feed", 3)]

    return Installation(pipeline, lambda: nullcontext(pipeline), find_feeds, problem_of, lambda: LATER)


@contextmanager
def served(pipeline: LocalPipeline) -> Iterator[Served]:
    """The API of a pipeline at LATER."""
    with serving(installation_of(pipeline)) as (address, client):
        yield Served(pipeline, client, address)


@contextmanager
def serving(installation: Installation) -> Iterator[tuple[str, httpx.Client]]:
    """The API of an installation on a free port: its address, and a client."""
    server = HttpServer(create_app(installation), "127.0.0.1", 0).start()
    try:
        with httpx.Client(base_url=f"{server.address}/api/v1", timeout=60) as client:
            yield server.address, client
    finally:
        server.close()


def delivery() -> Delivery:
    """An alert on the first of them, that nobody was told of."""
    alert = Alert(
        id="1", revision="1", subscription="s", subscription_name="the dam", query="halvern", matched_part="halvern",
        scope="dam", article_id="dam", story_id="dam", title="The dam holds", first_seen=NOON, matched_at=NOON,
    )  # fmt: skip
    return Delivery(id="1", subscription="s", status="kept", at=NOON, alert=alert)
