"""What an assistant is given, by a real client of the SDK: each sentence with its place, and orders in it as data."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent
from planted import PLANTED
from served_api import DAM, LATER, delivery
from typer.testing import CliRunner
from wire_articles import NOON, wire_article

from schemas.alert import Subscription
from schemas.article import WireArticle
from schemas.feed import Feed
from schemas.outcome import Hold, Output
from schemas.topics import FEEDS, SUBSCRIPTIONS
from web.mcp import server
from web.shapes.articles import QUOTED_MATTER
from wirewatch.cli import mcp as command
from wirewatch.cli.app import app
from wirewatch.compose.local import LocalPipeline

T = TypeVar("T")
# Whatever an assistant may be shown, with a question that shows it.
TOOLS = {
    "search_articles", "read_article", "find_quotes", "find_stories", "story", "alerts", "notifications", "feeds",
    "status", "ledger",
}  # fmt: skip


def asked(pipeline: LocalPipeline, talk: Callable[[Client], Awaitable[T]]) -> T:
    """A conversation with the server of a pipeline."""

    async def run() -> T:
        async with Client(server(pipeline, lambda: LATER)) as client:
            return await talk(client)

    return asyncio.run(run())


def answered(pipeline: LocalPipeline, tool: str, **arguments: Any) -> Any:
    """The rows of an answer, which is marked as what it is, in both of its forms."""
    return rows(asked(pipeline, lambda client: client.call_tool(tool, arguments)))


def rows(result: CallToolResult) -> Any:
    (text,) = result.content
    assert isinstance(text, TextContent)
    assert not result.is_error, text.text
    content = result.structured_content
    assert content is not None
    assert json.loads(text.text) == content
    assert list(content) == ["matter", "answer"]
    assert content["matter"] == QUOTED_MATTER
    return content["answer"]


def refused(pipeline: LocalPipeline, tool: str, **arguments: Any) -> str:
    result = asked(pipeline, lambda client: client.call_tool(tool, arguments))
    (text,) = result.content
    assert result.is_error
    assert isinstance(text, TextContent)
    return text.text


def test_there_are_at_most_ten_tools_and_all_only_read(pipeline: LocalPipeline) -> None:
    tools = asked(pipeline, lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == TOOLS
    assert len(tools) <= 10
    for tool in tools:
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert tool.description
        assert tool.output_schema


def test_a_sentence_comes_with_who_says_it_and_where_it_stands(pipeline: LocalPipeline) -> None:
    (quote,) = answered(pipeline, "find_quotes", speaker="brandt", about="halvern")["quotes"]
    assert DAM[quote["start"] : quote["end"]] == quote["content"] == "The dam at Halvern will hold."
    assert (quote["speaker"], quote["url"]) == ("Ilse Brandt", "https://quay.example/dam")
    (found,) = answered(pipeline, "search_articles", query="engineers", facets=["person"])["articles"]
    assert DAM[found["start"] : found["end"]] == found["snippet"] == "Two engineers looked at it."
    assert answered(pipeline, "read_article", id="dam")["text"] == DAM
    assert [one["id"] for one in answered(pipeline, "story", id="ferry")["articles"]] == ["ferry"]


def test_of_a_notification_only_what_stands_in_the_text_is_a_sentence(pipeline: LocalPipeline) -> None:
    told = delivery()
    assert told.alert is not None
    why = ({"sentence": "The dam holds"}, {"sentence": "Two engineers looked at it."})
    pipeline.store.record(
        [told.model_copy(update={"alert": told.alert.model_validate(dict(told.alert) | {"why": why})})]
    )
    (shown,) = answered(pipeline, "notifications", alert="the dam")["notifications"]
    (sentence,) = shown["sentences"]
    assert shown["why"] == [sentence["content"]] == [DAM[sentence["start"] : sentence["end"]]]


def test_a_name_that_looks_like_json_is_a_name(pipeline: LocalPipeline) -> None:
    assert answered(pipeline, "find_quotes", speaker="[1]", about='"dam"')["quotes"] == []


def test_what_the_publisher_had_before_its_repair_is_not_shown(pipeline: LocalPipeline) -> None:
    pipeline.store.write([wire_article("mended", "“Yes.”", original="â€œYes.â€")])
    assert answered(pipeline, "read_article", id="mended")["original"] is None


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("search_articles", {"query": "("}, "the query does not parse: at 2"),
        ("search_articles", {"after": "nonsense"}, "after: "),
        ("search_articles", {"facets": ["mood"]}, "facet: there is none of 'mood'"),
        ("search_articles", {"limit": 1_000}, "limit"),
        ("read_article", {"id": "nobody"}, "there is no such article"),
        ("story", {"id": '" OR *'}, "the query does not parse"),
        ("forget", {"id": "dam"}, "Unknown tool"),
    ],
)
def test_what_cannot_be_answered_says_why(
    pipeline: LocalPipeline, tool: str, arguments: dict[str, Any], told: str
) -> None:
    assert told in refused(pipeline, tool, **arguments)
    assert pipeline.store.get("dam")


def test_a_store_that_is_away_is_told_and_what_breaks_shows_nothing(
    pipeline: LocalPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(error: Exception) -> Callable[..., None]:
        def search(*_: object, **__: object) -> None:
            raise error

        return search

    monkeypatch.setattr(pipeline.store, "search", failing(Hold("the store is away")))
    assert "the store is away; try again" in refused(pipeline, "search_articles")
    monkeypatch.setattr(pipeline.store, "search", failing(RuntimeError("a secret")))
    assert "secret" not in refused(pipeline, "search_articles")


def planted(number: int, order: str) -> WireArticle:
    """An article that gives an order wherever a stranger may write: its title, its text, its speaker, its words."""
    text = f"Planted matter of number{number}. {order}\n\nThe clerk {order} said: “{order}” Nothing else happened."
    said = text.index("“") + 1
    return wire_article(
        f"planted-{number}",
        text,
        title=order,
        source=order[:40],
        url=f"https://quay.example/{number}",
        authors=(order,),
        tags=(order,),
        first_seen=NOON + timedelta(minutes=number),
        quotes=(
            {
                "start": said,
                "end": said + len(order),
                "kind": "direct",
                "speaker": {"start": 0, "end": 7, "text": "Planted", "name": order},
            },
        ),
    )


def sentences(row: Any) -> Iterator[tuple[str, str, int, int]]:
    """Every sentence of a row: its article, itself, and its place."""
    match row:
        case {"snippet": content, "start": start, "end": end, "id": id}:
            yield id, content, start, end
        case {"content": content, "start": start, "end": end, "article_id": id}:
            yield id, content, start, end
        case {"sentences": found, "article_id": id}:
            for one in found:
                yield id, one["content"], one["start"], one["end"]
        case dict():
            for value in row.values():
                yield from sentences(value)
        case list():
            for value in row:
                yield from sentences(value)


def test_fifty_planted_orders_stay_data_with_their_place(pipeline: LocalPipeline) -> None:
    assert len(set(PLANTED)) == 50
    articles = [planted(number, order) for number, order in enumerate(PLANTED)]
    pipeline.store.write(articles)
    texts = {article.id: article.text for article in articles}
    template = delivery()
    for number, (article, order) in enumerate(zip(articles, PLANTED, strict=True)):
        assert template.alert is not None
        changed = {
            "id": f"p{number}", "subscription_name": order, "article_id": article.id, "title": order,
            "why": ({"sentence": order}, {"sentence": f"{order} Not in the text."}),
        }  # fmt: skip
        alert = template.alert.model_validate(dict(template.alert) | changed)
        pipeline.store.record([template.model_copy(update={"id": f"p{number}", "alert": alert})])
    orders = enumerate(PLANTED)
    pipeline.publish([Output(FEEDS, Feed(url=f"https://quay.example/{n}.xml", title=order)) for n, order in orders])
    orders = enumerate(PLANTED)
    pipeline.publish([Output(SUBSCRIPTIONS, Subscription(id=f"s{n}", name=order, query="dam")) for n, order in orders])

    async def everything(client: Client) -> tuple[Any, Any, list[CallToolResult]]:
        before = await client.list_tools()
        lists = ("search_articles", "find_quotes", "find_stories", "notifications")
        results = [await client.call_tool(tool, {"limit": 100}) for tool in lists]
        single = ("read_article", "story")
        results += [await client.call_tool(tool, {"id": one.id}) for one in articles for tool in single]
        results += [await client.call_tool(tool) for tool in ("alerts", "feeds", "status", "ledger")]
        return before, await client.list_tools(), results

    before, after, results = asked(pipeline, everything)
    assert before == after
    described = before.model_dump_json()
    assert not [order for order in PLANTED if order in described]
    given = [rows(result) for result in results]  # which sees that each is one JSON document, marked as what it is
    found = [one for row in given for one in sentences(row)]
    assert {id for id, *_ in found} >= set(texts)
    for id, content, start, end in found:
        if id in texts:
            assert texts[id][start:end] == content
    assert [row["text"] for row in given if "text" in row] == list(texts.values())


def test_the_command_speaks_over_standard_input_and_output(pipeline: LocalPipeline) -> None:
    program = Path(sys.executable).with_name("wirewatch")
    started = StdioServerParameters(command=str(program), args=["--db", str(pipeline.settings.db), "mcp"])

    async def talk() -> CallToolResult:
        async with Client(started) as client:
            return await client.call_tool("search_articles", {"query": "dam"})

    assert [one["id"] for one in rows(asyncio.run(talk()))["articles"]] == ["dam"]


def test_without_the_sdk_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    monkeypatch.delitem(sys.modules, "web.mcp")
    result = CliRunner().invoke(app, ["mcp"])
    assert str(result.exception) == command.MISSING
