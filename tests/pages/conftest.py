"""A real browser, and an installation with two articles that it looks at."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from served_api import Served, delivery, news_file, served

from schemas.feed import Feed
from schemas.outcome import Output
from schemas.topics import FEEDS

CLEAR = "Cross-Origin-Opener-Policy header has been ignored"
"""What the browser says of any page that comes from elsewhere in clear."""
# A name under which the browser reaches this machine as if from elsewhere.
ELSEWHERE = "--host-resolver-rules=MAP news.example 127.0.0.1"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("WIREWATCH_FORBID_SKIPS") == "1":
            pytest.fail("this run forbids skipping the pages' tests: there is no chromium")
        pytest.skip("there is no chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        # Chromium's own sandbox cannot be had by root, as tests in a container are
        launched = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", ELSEWHERE])
        yield launched
        launched.close()


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Served]:
    with news_file(tmp_path) as pipeline:
        pipeline.store.record([delivery()])
        pipeline.publish([Output(FEEDS, Feed(url="https://quay.example/feed.xml", title="The quay"))])
        with served(pipeline) as one:
            yield one


@pytest.fixture
def opened(browser: Browser, here: Served) -> Iterator[Callable[..., Page]]:
    """opened(path, width=…, scheme=…, javascript=…): a page that says nothing on its console that is an error."""
    contexts = []

    def open_page(path: str, width: int = 1280, scheme: str = "light", *, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=here.address,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=javascript,
            bypass_csp=False,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: wrong.extend([told.text] if is_wrong(told) else []))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(path)
        return page

    def is_wrong(told: ConsoleMessage) -> bool:
        return told.type == "error" and CLEAR not in told.text

    wrong: list[str] = []
    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []
