"""The faces that a program has an installation by, asked alike: Python, HTTP and MCP. Rows are plain JSON.

HTTP and MCP give pages, and are asked for small ones, so that what comes is several.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import httpx
from mcp import Client
from pydantic import BaseModel
from served_api import serving

from runtime.local.socket_file import socket_path
from runtime.ports import Reader
from web.installation import Installation
from web.mcp import server
from wirewatch.compose.beside import Beside
from wirewatch.compose.web import opened
from wirewatch.desk import Desk
from wirewatch.settings import Settings

Row = dict[str, Any]
A_PAGE = 3
ALL = 100
"""More than there are, of lists without pages."""


class Face(Protocol):
    """What is asked."""

    def articles(self, query: str, order: str = "newest") -> list[Row]:
        """All that meet a query."""
        ...

    def article(self, id: str) -> Row | None:
        """One, whole."""
        ...

    def quotes(self, **given: str) -> list[Row]:
        """By `speaker`, or `about` a query."""
        ...

    def story(self, id: str) -> list[Row]:
        """Its articles."""
        ...

    def stories(self, query: str) -> list[Row]:
        """With an article that meets a query."""
        ...

    def person(self, name: str) -> Row:
        """All that somebody said."""
        ...

    def notifications(self, **given: str) -> list[Row]:
        """Of an `alert`."""
        ...

    def listed(self, what: str) -> list[Row]:
        """All alerts, feeds or stages."""
        ...

    def ledger(self) -> Row:
        """The balance."""
        ...


# As the desk asks for (wirewatch/desk): a page holds all that anybody said here.
PERSON = 100


def _row(record: BaseModel) -> Row:
    return record.model_dump(mode="json")


def _paged(ask: Callable[..., Row], what: str, **given: str) -> list[Row]:
    """The rows of all pages, as `ask` gives them."""
    page = ask(limit=A_PAGE, **given)
    found = list(page[what])
    while page["next"] is not None:
        page = ask(limit=A_PAGE, after=page["next"], **given)
        found += page[what]
    return found


class InPython:
    """`wirewatch.open()`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def articles(self, query: str, order: Any = "newest") -> list[Row]:
        """See Face."""
        return [_row(one) for one in self._desk.search(query, order)]

    def article(self, id: str) -> Row | None:
        """See Face."""
        found = self._desk.article(id)
        return _row(found) if found else None

    def quotes(self, **given: str) -> list[Row]:
        """See Face."""
        return [_row(one) for one in self._desk.quotes(**given)]

    def story(self, id: str) -> list[Row]:
        """See Face."""
        return [_row(one) for one in self._desk.story(id)]

    def stories(self, query: str) -> list[Row]:
        """See Face."""
        return [_row(one) for one in self._desk.stories(query)]

    def person(self, name: str) -> Row:
        """See Face."""
        found = self._desk.person(name)
        assert found is not None
        return _row(found)

    def notifications(self, **given: str) -> list[Row]:
        """See Face."""
        return [_row(one) for one in self._desk.notifications(given.get("alert"))]

    def listed(self, what: str) -> list[Row]:
        """See Face."""
        lists: dict[str, Callable[[], Iterable[BaseModel]]] = {
            "alerts": self._desk.alerts,
            "feeds": self._desk.feeds,
            "stages": self._desk.status,
        }
        return [_row(one) for one in lists[what]()]

    def ledger(self) -> Row:
        """See Face."""
        return _row(self._desk.ledger())


class OverHttp:
    """`wirewatch serve`."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def articles(self, query: str, order: str = "newest") -> list[Row]:
        """See Face."""
        return self._paged("articles", q=query, order=order)

    def article(self, id: str) -> Row | None:
        """See Face."""
        answer = self._client.get(f"/articles/{id}")
        return None if answer.status_code == 404 else dict(answer.raise_for_status().json())

    def quotes(self, **given: str) -> list[Row]:
        """See Face."""
        about = {"q": given.pop("about")} if "about" in given else {}
        return list(self._asked("quotes", limit=ALL, **given, **about)["quotes"])

    def story(self, id: str) -> list[Row]:
        """See Face."""
        return self._paged("articles", q=f"story:{id}")

    def stories(self, query: str) -> list[Row]:
        """See Face."""
        return self._paged("stories", q=query)

    def person(self, name: str) -> Row:
        """See Face."""
        return dict(self._asked(f"people/{name}", limit=PERSON))

    def notifications(self, **given: str) -> list[Row]:
        """See Face."""
        return self._paged("notifications", **given)

    def listed(self, what: str) -> list[Row]:
        """See Face."""
        return list(self._asked("status" if what == "stages" else what)[what])

    def ledger(self) -> Row:
        """See Face."""
        return self._asked("ledger")

    def _asked(self, path: str, **given: Any) -> Row:
        return dict(self._client.get(f"/{path}", params=given).raise_for_status().json())

    def _paged(self, what: str, **given: str) -> list[Row]:
        return _paged(partial(self._asked, what), what, **given)


class ForAnAssistant:
    """`wirewatch mcp`, by the SDK's client in this process."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def articles(self, query: str, order: str = "newest") -> list[Row]:
        """See Face."""
        return self._paged("search_articles", "articles", query=query, order=order)

    def article(self, id: str) -> Row | None:
        """See Face."""
        return self._asked("read_article", id=id)

    def quotes(self, **given: str) -> list[Row]:
        """See Face."""
        return list(self._some("find_quotes", limit=ALL, **given)["quotes"])

    def story(self, id: str) -> list[Row]:
        """See Face."""
        return self._paged("search_articles", "articles", query=f"story:{id}")

    def stories(self, query: str) -> list[Row]:
        """See Face."""
        return self._paged("find_stories", "stories", query=query)

    def person(self, name: str) -> Row:
        """See Face."""
        return dict(self._some("person", name=name, limit=PERSON))

    def notifications(self, **given: str) -> list[Row]:
        """See Face. Without what it has beside the others' rows."""
        rows = self._paged("notifications", "notifications", **given)
        return [{name: value for name, value in row.items() if name != "sentences"} for row in rows]

    def listed(self, what: str) -> list[Row]:
        """See Face."""
        return list(self._some("status" if what == "stages" else what)[what])

    def ledger(self) -> Row:
        """See Face."""
        return self._some("ledger")

    def _some(self, tool: str, **given: Any) -> Row:
        found = self._asked(tool, **given)
        assert found is not None, f"{tool} {given}"
        return found

    def _asked(self, tool: str, **given: Any) -> Row | None:
        async def ask() -> Row | None:
            async with Client(server(self._reader)) as client:
                result = await client.call_tool(tool, given)
                return None if result.is_error or result.structured_content is None else result.structured_content

        answer = asyncio.run(ask())
        return answer and answer["answer"]

    def _paged(self, tool: str, what: str, **given: str) -> list[Row]:
        return _paged(partial(self._some, tool), what, **given)


@contextmanager
def _beside(installation: Installation) -> Iterator[httpx.Client]:
    """The same API on a socket, as commands reach a running `up`."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "wire.db"
        beside = Beside(file, lambda: installation)
        by = httpx.HTTPTransport(uds=str(socket_path(file)))
        with closing(beside), httpx.Client(base_url="http://localhost/api/v1", transport=by, timeout=60) as client:
            yield client


@contextmanager
def faces(settings: Settings) -> Iterator[dict[str, Face]]:
    """All of them, of one installation."""
    with (
        opened(settings) as installation,
        Desk(settings) as desk,
        serving(installation) as (_, client),
        _beside(installation) as owner,
    ):
        yield {
            "python": InPython(desk),
            "http": OverHttp(client),
            "socket": OverHttp(owner),
            "mcp": ForAnAssistant(installation.reader),
        }
