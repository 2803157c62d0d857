"""The HTTP API of a file, asked over real HTTP on loopback."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta

import httpx
from wire_articles import NOON, wire_article

from alerts.channels import problem_of
from schemas.alert import Alert, Delivery
from schemas.article import WireArticle
from schemas.clock import Clock
from web.app import create_app
from web.installation import FoundFeed, Installation, SiteError
from web.server import HttpServer
from wirewatch.compose.local import LocalPipeline

DAM = "Ilse Brandt said on Monday: “The dam at Halvern will hold.” Two engineers looked at it."
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


@dataclass(frozen=True)
class Served:
    """A pipeline, and a client of its HTTP API."""

    pipeline: LocalPipeline
    client: httpx.Client
    address: str


@contextmanager
def served(pipeline: LocalPipeline, clock: Clock, host: str = "127.0.0.1") -> Iterator[Served]:
    """The API of a pipeline, on a free port."""

    def find_feeds(url: str) -> list[FoundFeed]:
        if "nothing" in url:
            raise SiteError(f"{url} has no feed that could be found")
        return [FoundFeed(url + "/feed.xml", "A feed", 3)]

    installation = Installation(pipeline, lambda: nullcontext(pipeline), find_feeds, problem_of, clock)
    server = HttpServer(create_app(installation), host, 0).start()
    try:
        with httpx.Client(base_url=f"{server.address}/api/v1", timeout=30) as client:
            yield Served(pipeline, client, server.address)
    finally:
        server.close()


def delivery() -> Delivery:
    """An alert on the first of them, that nobody was told of."""
    alert = Alert(
        id="1", revision="1", subscription="s", subscription_name="the dam", query="halvern", matched_part="halvern",
        scope="dam", article_id="dam", story_id="dam", title="The dam holds", first_seen=NOON, matched_at=NOON,
    )  # fmt: skip
    return Delivery(id="1", subscription="s", status="kept", at=NOON, alert=alert)
