"""Takes the pictures of docs/pages.md, of the demo's articles, which are our own: python docs/screenshots.py"""

from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from schemas.clock import utc_now
from stores.query import parse
from wirewatch.cli.demo import demo_pipeline, poll
from wirewatch.compose import web
from wirewatch.compose.local import LocalPipeline

FOLDER = Path(__file__).parent / "pages"
# Debian's; Playwright's own would be another download.
CHROMIUM = "/usr/bin/chromium"
WIDTH, HEIGHT, NARROW = 1280, 800, 390
# A third of the bytes that PNG takes, and still read well.
QUALITY = 75


def paths(pipeline: LocalPipeline) -> dict[str, str]:
    """Name of a picture -> the page."""
    found = pipeline.store.search(parse("*", utc_now()), 20).articles
    article = max(found, key=lambda one: len(one.quotes))
    copied = next((one for one in found if one.story_id != one.id), article)
    return {
        "wire": "/",
        "search": "/search?q=tomahawk+OR+bridge",
        "article": f"/articles/{article.id}",
        "story": f"/stories/{copied.story_id}",
        "quotes": "/quotes",
        "briefing": "/briefing",
        "map": "/map?since=now-1y",
        "alerts": "/alerts",
        "feeds": "/feeds",
        "operations": "/operations?ledger=true",
    }


def take(browser: Browser, address: str, name: str, path: str, width: int, *, dark: bool = False) -> None:
    """One picture."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": HEIGHT},
        color_scheme="dark" if dark else "light",
    )
    page = context.new_page()
    page.goto(path)
    page.locator("main").wait_for()
    page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=QUALITY)
    context.close()


def main() -> None:
    """All of them."""
    FOLDER.mkdir(exist_ok=True)
    with demo_pipeline() as (pipeline, publisher):
        poll(pipeline, publisher)
        pipeline.drain()
        server = web.serve(web.of_pipeline(pipeline), pipeline.settings, or_on_a_free_port=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for name, path in paths(pipeline).items():
                take(browser, server.address, name, path, WIDTH)
            take(browser, server.address, "wire-phone", "/", NARROW, dark=True)
            browser.close()
        server.close()


if __name__ == "__main__":
    main()
