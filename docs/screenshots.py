"""Takes the pictures of docs/pages.md, of the demo's articles, which are our own: python docs/screenshots.py"""

from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, sync_playwright

from schemas.clock import utc_now
from schemas.outcome import Output
from schemas.topics import USERS
from stores.query import parse
from stores.spread.spread import spread
from web.users import added
from wirewatch.cli.demo import demo_pipeline, poll
from wirewatch.compose import web
from wirewatch.compose.local import LocalPipeline

FOLDER = Path(__file__).parent / "pages"
# Debian's; Playwright's own would be another download.
CHROMIUM = "/usr/bin/chromium"
WIDTH, HEIGHT, NARROW = 1280, 800, 390
# A third of the bytes that PNG takes, and still read well.
QUALITY = 75
# Who signs in, from a name that is not this machine's.
NAME, PASSWORD, ELSEWHERE = "anna", "correct horse battery", "news.example"
MAPPED = f"--host-resolver-rules=MAP {ELSEWHERE} 127.0.0.1"


def paths(pipeline: LocalPipeline) -> dict[str, str]:
    """Name of a picture -> the page."""
    found = pipeline.store.search(parse("*", utc_now()), 20).articles
    article = max(found, key=lambda one: len(one.quotes))
    named = [
        (f"{one.id}:{number}", said.speaker.name)
        for one in found
        for number, said in enumerate(one.quotes)
        if said.speaker is not None and said.speaker.name is not None
    ]
    went, speaker = max(named, key=lambda one: _versions(pipeline, one[0]))
    copied = next((one for one in found if one.story_id != one.id), article)
    return {
        "wire": "/",
        "search": "/search?q=tomahawk+OR+bridge",
        "article": f"/articles/{article.id}",
        "story": f"/stories/{copied.story_id}",
        "quotes": "/quotes",
        "spread": f"/quotes/{went}",
        "person": f"/people/{quote(speaker)}",
        "briefing": "/briefing",
        "map": "/map?since=now-1y",
        "alerts": "/alerts",
        "feeds": "/feeds",
        "operations": "/operations?ledger=true",
    }


def _versions(pipeline: LocalPipeline, quote_id: str) -> int:
    found = spread(pipeline.store, quote_id, utc_now())
    return len(found.variants) if found else 0


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


def take_account(browser: Browser, address: str) -> None:
    """What only who comes from elsewhere sees: signing in, and the page behind one's name."""
    context = browser.new_context(base_url=address, viewport={"width": WIDTH, "height": HEIGHT})
    page = context.new_page()
    page.goto("/account")
    page.screenshot(path=FOLDER / "login.jpg", type="jpeg", quality=QUALITY)
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Password of now").wait_for()
    page.screenshot(path=FOLDER / "account.jpg", type="jpeg", quality=QUALITY)
    context.close()


def main() -> None:
    """All of them."""
    FOLDER.mkdir(exist_ok=True)
    with demo_pipeline() as (pipeline, publisher):
        poll(pipeline, publisher)
        pipeline.drain()
        pipeline.publish([Output(USERS, added(NAME, PASSWORD, "editor", utc_now()))])
        server = web.serve(web.of_pipeline(pipeline), pipeline.settings, or_on_a_free_port=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", MAPPED])
            for name, path in paths(pipeline).items():
                take(browser, server.address, name, path, WIDTH)
            take(browser, server.address, "wire-phone", "/", NARROW, dark=True)
            take_account(browser, f"http://{ELSEWHERE}:{urlsplit(server.address).port}")
            browser.close()
        server.close()


if __name__ == "__main__":
    main()
