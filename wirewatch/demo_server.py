"""A small publisher on loopback for the demo: two feeds and their articles' pages, from seeds/; and a webhook."""

import html
import json
import queue
import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any

from producers.listener import Call, Listener, Reply
from seeds import FOLDER

FEEDS = ("world", "region")


class DemoServer:
    """Serves http://127.0.0.1:PORT/world.rss, /region.rss and each article's page until closed."""

    def __init__(self, now: datetime) -> None:
        articles = tomllib.loads((FOLDER / "articles" / "index.toml").read_text(encoding="utf-8"))["article"]
        pages: dict[str, tuple[str, bytes]] = {}
        told = self.told = queue.SimpleQueue[dict[str, Any]]()

        self._server = Listener("demo-server", _Publisher(pages, told), 0)
        self.address = f"http://127.0.0.1:{self._server.port}"
        for feed in FEEDS:
            chosen = [article for article in articles if article["feed"] == feed]
            pages[f"/{feed}.rss"] = ("application/rss+xml", _rss(self.address, feed, chosen, now).encode())
        for article in articles:
            pages[f"/{article['file']}"] = ("text/html; charset=utf-8", _page(article).encode())

    @property
    def feeds(self) -> list[str]:
        """The addresses of the feeds."""
        return [f"{self.address}/{feed}.rss" for feed in FEEDS]

    @property
    def webhook(self) -> str:
        """The Apprise address under which alerts are taken; what came lies in `told`."""
        return f"json://{self.address.removeprefix('http://')}/alerts"

    def close(self) -> None:
        """Stop serving."""
        self._server.close()


class _Publisher:
    def __init__(self, pages: Mapping[str, tuple[str, bytes]], told: "queue.SimpleQueue[dict[str, Any]]") -> None:
        self._pages = pages
        self._told = told

    def body_limit(self, _call: Call) -> int:
        """An alert in words."""
        return 1_000_000

    def reply(self, call: Call, body: bytes) -> Reply:
        """A page, or that an alert was taken."""
        if call.method == "POST":
            self._told.put(json.loads(body))
            return Reply(HTTPStatus.OK)
        if call.path not in self._pages:
            return Reply(HTTPStatus.NOT_FOUND)
        kind, page = self._pages[call.path]
        return Reply(HTTPStatus.OK, page, {"Content-Type": kind})


def _text(article: dict[str, Any]) -> str:
    return (FOLDER / "articles" / f"{article['file']}.txt").read_text(encoding="utf-8")


def _rss(address: str, feed: str, articles: list[dict[str, Any]], now: datetime) -> str:
    items = "".join(
        f"<item><title>{html.escape(article['title'])}</title><link>{address}/{article['file']}</link>"
        f'<guid isPermaLink="false">{article["file"]}</guid>'
        f"<pubDate>{format_datetime(now - timedelta(hours=article['hours']))}</pubDate>"
        f"<description>{html.escape(_text(article).splitlines()[0][:160])}</description></item>"
        for article in articles
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>The demo\'s {feed} news</title>'
        f"<link>{address}/</link><description>Articles from seeds/</description>{items}</channel></rss>"
    )


def _page(article: dict[str, Any]) -> str:
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in _text(article).splitlines() if line.strip())
    title = html.escape(article["title"])
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><header><nav>Home World Region</nav></header><main><article><h1>{title}</h1>{paragraphs}</article>"
        "</main><footer>The demo</footer></body></html>"
    )
