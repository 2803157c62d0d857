"""A small publisher on loopback for the demo: two feeds and their articles' pages, from seeds/; and a webhook."""

import html
import json
import queue
import threading
import tomllib
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from seeds import FOLDER

FEEDS = ("world", "region")


class DemoServer:
    """Serves http://127.0.0.1:PORT/world.rss, /region.rss and each article's page until closed."""

    def __init__(self, now: datetime) -> None:
        articles = tomllib.loads((FOLDER / "articles" / "index.toml").read_text(encoding="utf-8"))["article"]
        pages: dict[str, tuple[str, bytes]] = {}
        told = self.told = queue.SimpleQueue[dict[str, Any]]()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, body = pages.get(self.path, ("text/plain", b""))
                self.send_response(200 if self.path in pages else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                told.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """The demo shows what matters itself."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        for feed in FEEDS:
            chosen = [article for article in articles if article["feed"] == feed]
            pages[f"/{feed}.rss"] = ("application/rss+xml", _rss(self.address, feed, chosen, now).encode())
        for article in articles:
            pages[f"/{article['file']}"] = ("text/html; charset=utf-8", _page(article).encode())
        threading.Thread(target=self._server.serve_forever, args=(0.02,), name="demo-server", daemon=True).start()

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
        self._server.shutdown()
        self._server.server_close()


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
