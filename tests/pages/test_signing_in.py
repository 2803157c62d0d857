"""Signing in and out in a real browser that comes from elsewhere."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from served_api import Served
from wire_articles import NOON

from schemas.outcome import Output
from schemas.topics import USERS
from schemas.user import Role
from web.users import added

PASSWORD = "correct horse battery"


@pytest.fixture
def elsewhere(here: Served) -> str:
    """The same pages under a name that is not this machine's; anna reads, bert edits."""
    people: tuple[tuple[str, Role], ...] = (("anna", "reader"), ("bert", "editor"))
    here.pipeline.publish([Output(USERS, added(name, PASSWORD, role, NOON)) for name, role in people])
    return f"http://news.example:{urlsplit(here.address).port}"


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_reader_signs_in_reads_and_signs_out(
    opened: Callable[..., Page], elsewhere: str, *, javascript: bool
) -> None:
    page = opened(f"{elsewhere}/search?q=dam", javascript=javascript)
    expect(page.locator("h1")).to_have_text("Sign in")
    expect(page.locator("nav")).to_have_count(0)
    sign_in(page, "anna")
    expect(page.locator(".results .open")).to_have_text(["The dam holds"])
    for path in ("/alerts", "/feeds", "/operations"):
        page.goto(elsewhere + path)
        expect(page.locator("main form[method=post]")).to_have_count(0)
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1")).to_have_text("Sign in")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Sign in")


def test_an_editor_signs_in_by_keys_alone_and_changes_a_feed(opened: Callable[..., Page], elsewhere: str) -> None:
    page = opened(f"{elsewhere}/feeds")
    page.keyboard.type("bert")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Remove https://quay.example/feed.xml").press("Enter")
    expect(page.locator("tbody")).to_have_text("No feeds are watched.")
    page.goto(elsewhere)
    expect(page.locator("#live")).to_have_text("Live.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_where_one_signs_in(browser: Browser, elsewhere: str, scheme: str) -> None:
    context = browser.new_context(base_url=elsewhere, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/login")
    empty = Axe().run(page).response["violations"]
    sign_in(page, "anna", "wrong wrong wrong")
    expect(page.get_by_role("alert")).to_have_text("name or password is wrong")
    expect(page.get_by_label("Name", exact=True)).to_have_value("anna")
    wrong = Axe().run(page).response["violations"]
    sign_in(page, "anna")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    signed_in = Axe().run(page).response["violations"]
    assert page.evaluate("document.cookie") == ""
    context.close()
    assert [(one["id"], one["nodes"][0]["html"]) for one in (*empty, *wrong, *signed_in)] == []


def test_it_fits_every_width(opened: Callable[..., Page], elsewhere: str) -> None:
    for width in (360, 1280, 1920):
        page = opened(f"{elsewhere}/login", width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        sign_in(page, "bert")
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_somebody_takes_another_password_and_stays_signed_in(opened: Callable[..., Page], elsewhere: str) -> None:
    page = opened(f"{elsewhere}/")
    sign_in(page, "anna")
    page.get_by_role("link", name="anna, reader").click()
    page.get_by_label("Password of now").fill(PASSWORD)
    page.get_by_label("New password").fill("another horse entirely")
    page.get_by_label("The new one again").fill("another horse entirely")
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Change it").press("Enter")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.goto(f"{elsewhere}/alerts")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, "anna", "another horse entirely")
    expect(page.get_by_role("link", name="anna, reader")).to_be_visible()
