"""The seeds' own list of feeds, moved to loopback: every address is answered by a site of the test's, and shows there
articles out of seeds/articles. A program that is started with `PYTHONPATH` on it takes it for its own.
"""

import re
import shutil
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path

from loopback import Reply, Site
from written_feeds import rss

SEEDS = Path(__file__).parents[2] / "seeds"
# As they stand in the file: the place behind "https://" becomes a path of the site.
ADDRESS = re.compile(r'xmlUrl="https://([^"?]+)')


def move(folder: Path, site: Site, articles: Sequence[str]) -> list[str]:
    """Put a package `seeds` into the folder, and the feeds on the site, one article each for the first of them.

    `articles`: names of files in seeds/articles. Returns the feeds' addresses without what follows a "?".
    """
    package = folder / "seeds"
    package.mkdir()
    for name in ("__init__.py", "alerts.toml"):
        shutil.copy(SEEDS / name, package)
    text = (SEEDS / "feeds.opml").read_text(encoding="utf-8")
    (package / "feeds.opml").write_text(ADDRESS.sub(rf'xmlUrl="{site.url}/\1', text), encoding="utf-8")
    paths = [f"/{place}" for place in ADDRESS.findall(text)]
    for path in paths:
        site.pages[path] = Reply(body=rss())
    for path, article in zip(paths, articles, strict=False):
        site.pages[path] = Reply(body=rss(_item(site, article)))
    return [site.url + path for path in paths]


def _item(site: Site, name: str) -> str:
    """The article whole, so that nothing but the feed is asked for."""
    index = tomllib.loads((SEEDS / "articles" / "index.toml").read_text(encoding="utf-8"))["article"]
    [title] = [article["title"] for article in index if article["file"] == name]
    lines = (SEEDS / "articles" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    body = "".join(f"<p>{escape(line)}</p>" for line in lines if line.strip())
    return (
        f"<title>{escape(title)}</title><link>{site.url}/articles/{name}</link>"
        f"<pubDate>{format_datetime(datetime.now(UTC))}</pubDate><content:encoded>{escape(body)}</content:encoded>"
    )
