"""People sign in from elsewhere: once known, for what their role says, until the session ends."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from argon2 import Parameters, PasswordHasher, extract_parameters
from served_api import LATER, Served, served
from wire_articles import NOON

from schemas.outcome import Output
from schemas.topics import SESSIONS, USERS
from schemas.user import Role, Session, User
from web import passwords, signing_in
from web.buckets import KEYS, Buckets
from web.pages.login import own
from web.passwords import LONGEST, PasswordError, hashed, is_right
from web.users import LASTS, PLACES, added, begun, signed_in
from wirewatch.compose.local import LocalPipeline
from wirewatch.compose.web import of_pipeline, serve
from wirewatch.settings import Settings

HOST = "news.example"
RIGHT = "correct horse battery"
FROM_ELSEWHERE = {"Host": HOST, "Accept": "text/html", "Origin": f"http://{HOST}"}


@pytest.fixture
def known(here: Served) -> Callable[..., User]:
    """known("anna", "reader"): somebody who may sign in."""

    def make(name: str = "anna", role: Role = "reader") -> User:
        who = added(name, RIGHT, role, NOON)
        here.pipeline.publish([Output(USERS, who)])
        return who

    return make


@pytest.fixture
def browser(here: Served) -> httpx.Client:
    """Something like a browser elsewhere."""
    return httpx.Client(base_url=here.address, headers=FROM_ELSEWHERE, timeout=60)


def sign_in(browser: httpx.Client, name: str = "anna", password: str = RIGHT, next: str = "/alerts") -> httpx.Response:
    return browser.post("/login", data={"name": name, "password": password, "next": next})


def test_who_is_known_signs_in_and_out(here: Served, browser: httpx.Client, known: Callable[..., User]) -> None:
    assert "wirewatch user add" in browser.get("/login").text
    known()
    assert browser.get("/alerts").headers["location"] == "/login?next=%2Falerts"
    assert 'value="/search?q=dam"' in browser.get("/login?next=/search?q%3Ddam").text
    answer = sign_in(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/alerts")
    cookie = answer.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=lax", "path=/", "max-age=1209600"))
    assert "secure" not in cookie
    assert browser.get("/login?next=/feeds").headers["location"] == "/feeds"
    page = browser.get("/alerts")
    assert (page.status_code, "anna, reader" in page.text, page.headers["cache-control"]) == (200, True, "no-store")
    secret = browser.cookies["wirewatch"]
    assert secret not in "".join(one.model_dump_json() for one in here.pipeline.state.items(SESSIONS, Session))
    answer = browser.post("/logout")
    assert (answer.status_code, answer.headers["location"], dict(browser.cookies)) == (303, "/login", {})
    browser.cookies.set("wirewatch", secret)
    assert browser.get("/").status_code == 303


def test_over_https_the_cookie_stays_there(browser: httpx.Client, known: Callable[..., User]) -> None:
    known()
    form = {"name": "anna", "password": RIGHT}
    answer = browser.post("/login", data=form, headers={"Origin": f"https://{HOST}"})
    assert "; secure" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize(("name", "password"), [("anna", "wrong wrong wrong"), ("bert", RIGHT), ("", ""), ("a/0", "x")])
def test_a_wrong_password_and_an_unknown_name_are_told_alike(
    browser: httpx.Client, known: Callable[..., User], name: str, password: str
) -> None:
    known()
    answer = sign_in(browser, name, password)
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    told = re.sub(r'<input id="(name|password)".*', "", answer.text)
    assert told == re.sub(r'<input id="(name|password)".*', "", sign_in(browser, "anna", "wrong again and again").text)


def test_an_unknown_name_costs_what_a_wrong_password_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[Parameters] = []

    class Counting:
        hash = passwords._HASHER.hash

        def verify(self, kept: str, password: bytes) -> bool:
            checked.append(extract_parameters(kept))
            return PasswordHasher().verify(kept, password)

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    for kept in (hashed(RIGHT), None):
        assert not is_right(kept, "wrong wrong wrong")
    assert not is_right(None, "")
    assert [checked[0]] * 3 == checked


def test_a_reader_reads_and_an_editor_edits(here: Served, browser: httpx.Client, known: Callable[..., User]) -> None:
    known("anna", "reader")
    known("bert", "editor")
    forms = {
        "/alerts": {"name": "dam", "query": "dam", "policy": "story"},
        "/alerts/remove": {"name": "dam"},
        "/feeds": {"url": "https://quay.example"},
        "/feeds/poll": {},
        "/feeds/remove": {"url": "https://quay.example/feed.xml"},
    }
    pages = ("/", "/search?q=dam", "/alerts", "/feeds", "/operations", "/articles/dam", "/briefing", "/map", "/quotes")
    sign_in(browser)
    for path in pages:
        page = browser.get(path)
        assert page.status_code == 200
        assert re.findall(r'<form[^>]*method="post" action="([^"]*)', page.text) == ["/logout"]
    refused = [browser.post(path, data=form) for path, form in forms.items()]
    refused.append(browser.post("/operations/replay", data={"id": "dam"}))
    assert {answer.status_code for answer in refused} == {403}
    assert "the role reader may not do that" in refused[0].text
    assert browser.get("/api/v1/articles").status_code == 200
    assert browser.delete("/api/v1/articles/dam").status_code == 403
    browser.post("/logout")
    sign_in(browser, "bert")
    assert 'action="/alerts"' in browser.get("/search?q=dam").text
    assert [browser.post(path, data=form).status_code for path, form in forms.items()] == [303] * len(forms)
    assert browser.post("/operations/replay", data={"id": "dam"}).status_code in (303, 404)


def test_a_session_ends_with_its_time_its_password_and_its_person(
    here: Served, browser: httpx.Client, known: Callable[..., User]
) -> None:
    who = known()
    for ended in (
        who.model_copy(update={"password": hashed("another horse entirely")}),
        who.model_copy(update={"deleted": True}),
        who.model_copy(update={"password": hashed("another horse entirely"), "role": "editor"}),
    ):
        here.pipeline.publish([Output(USERS, who)])
        browser.cookies.clear()
        sign_in(browser)
        assert browser.get("/").status_code == 200
        here.pipeline.publish([Output(USERS, ended)])
        assert browser.get("/").status_code == 303
        assert browser.post("/alerts/remove", data={"name": "x"}).status_code == 401
    here.pipeline.publish([Output(USERS, who)])
    secret, session = begun(here.pipeline, who, LATER)
    here.pipeline.publish([Output(SESSIONS, session)])
    assert signed_in(here.pipeline, secret, LATER + LASTS - timedelta(seconds=1))
    assert signed_in(here.pipeline, secret, LATER + LASTS) is None


def test_another_password_ends_all_sessions_but_the_one_that_took_it(
    here: Served, browser: httpx.Client, known: Callable[..., User]
) -> None:
    known()
    other = httpx.Client(base_url=here.address, headers=FROM_ELSEWHERE, timeout=60)
    for one in (browser, other):
        sign_in(one)
    assert "in 2 browsers" in browser.get("/account").text
    new = "another horse entirely"
    for form, status, line in (
        ({"password": "wrong wrong wrong", "new": new, "again": new}, 403, "the password of now is wrong"),
        ({"password": RIGHT, "new": new, "again": new + "!"}, 422, "not twice the same"),
        ({"password": RIGHT, "new": "short", "again": "short"}, 422, "12 to 1000 characters"),
    ):
        refused = browser.post("/account", data=form)
        assert (refused.status_code, line in refused.text) == (status, True)
    assert other.get("/account").status_code == 200
    changed = browser.post("/account", data={"password": RIGHT, "new": new, "again": new})
    assert (changed.status_code, changed.headers["location"]) == (303, "/account")
    assert "in 1 browser:" in browser.get("/account").text
    assert other.get("/account").status_code == 303
    assert [sign_in(other, password=one).status_code for one in (RIGHT, new)] == [401, 303]


def test_tries_of_the_password_of_now_are_few(browser: httpx.Client, known: Callable[..., User]) -> None:
    known()
    sign_in(browser)
    form = {"password": "x", "new": "another horse entirely", "again": "another horse entirely"}
    assert [browser.post("/account", data=form).status_code for _ in range(10)][-1] == 429


def test_who_sits_at_this_machine_has_no_password(here: Served) -> None:
    answer = httpx.get(f"{here.address}/account", headers={"Accept": "text/html"})
    assert (answer.status_code, "wirewatch user password NAME" in answer.text) == (404, True)


def test_a_role_is_another_at_once(here: Served, browser: httpx.Client, known: Callable[..., User]) -> None:
    who = known("anna", "editor")
    sign_in(browser)
    here.pipeline.publish([Output(USERS, who.model_copy(update={"role": "reader"}))])
    assert browser.post("/alerts/remove", data={"name": "x"}).status_code == 403


def test_one_browser_too_many_signs_the_oldest_out(here: Served, known: Callable[..., User]) -> None:
    who = known()
    secrets = []
    for number in range(PLACES + 1):
        secret, session = begun(here.pipeline, who, LATER + timedelta(seconds=number))
        here.pipeline.publish([Output(SESSIONS, session)])
        secrets.append(secret)
    inside = [signed_in(here.pipeline, secret, LATER + timedelta(minutes=1)) is not None for secret in secrets]
    assert inside == [False] + [True] * PLACES
    assert len(list(here.pipeline.state.items(SESSIONS, Session))) == PLACES


@pytest.mark.parametrize("origin", [None, "https://elsewhere.example", "null", f"http://{HOST}.elsewhere.example"])
def test_a_page_of_another_site_cannot_use_a_session(
    here: Served, browser: httpx.Client, known: Callable[..., User], origin: str | None
) -> None:
    known("bert", "editor")
    sign_in(browser, "bert")
    del browser.headers["Origin"]
    foreign = {"Origin": origin} if origin else {}
    for path in ("/alerts", "/feeds/poll", "/logout"):
        assert browser.post(path, data={"name": "x"}, headers=foreign).status_code == 403
    assert browser.get("/").status_code == 200
    if origin:
        assert browser.post("/login", data={"name": "bert", "password": RIGHT}, headers=foreign).status_code == 403


def test_tries_are_few_for_a_name_and_for_an_address(browser: httpx.Client, known: Callable[..., User]) -> None:
    known()
    for name in ("anna", "nobody"):
        statuses = [sign_in(browser, name, "x").status_code for _ in range(11)]
        assert statuses == [401] * 10 + [429]
    refused = sign_in(browser)
    assert (refused.status_code, 0 < int(refused.headers["retry-after"]) <= 60) == (429, True)
    statuses = [sign_in(browser, f"nobody-{number}", "x").status_code for number in range(10)]
    assert (statuses[0], statuses[-1]) == (401, 429)


def test_no_more_wait_for_a_check_than_can_be_served_soon(
    browser: httpx.Client, known: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    known()
    monkeypatch.setattr(signing_in, "WAITING", 0)
    refused = sign_in(browser)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")


def test_a_bucket_fills_again_and_forgets_who_asked_longest_ago() -> None:
    now = 0.0
    buckets = Buckets(0.5, 2, lambda: now)
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 2]
    now = 1.9
    assert buckets.take("a") == 1
    now = 2.0
    assert [buckets.take("a") for _ in range(2)] == [0, 2]
    for number in range(KEYS):
        buckets.take(str(number))
    assert buckets.take("a") == 0


@pytest.mark.parametrize(
    "path",
    [
        "//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example", "/\t/elsewhere.example",
        "javascript:alert(1)", "", "\\\\elsewhere.example", "/\r\nSet-Cookie: x=y", " //elsewhere.example", "/ü",
    ],
)  # fmt: skip
def test_one_goes_on_within_these_pages_alone(browser: httpx.Client, known: Callable[..., User], path: str) -> None:
    known()
    assert own(path) == "/"
    assert sign_in(browser, next=path).headers["location"] == "/"


def test_what_one_goes_on_to_keeps_its_query() -> None:
    assert own("/search?q=dam+AND+place%3Akyiv&order=newest") == "/search?q=dam+AND+place%3Akyiv&order=newest"


def test_a_password_is_neither_short_nor_endless_and_is_the_same_on_every_keyboard() -> None:
    for wrong in ("short", "x" * (LONGEST + 1)):
        with pytest.raises(PasswordError, match="12 to 1000 characters"):
            hashed(wrong)
    assert hashed(RIGHT).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert is_right(hashed("Zu\u0308rich am Morgen"), "Z\u00fcrich am Morgen")
    assert not is_right(hashed("x" * LONGEST), "x" * (LONGEST + 1))
    assert not is_right("no hash at all", RIGHT)


def test_the_settings_let_the_first_one_in_and_no_second(tmp_path: Path) -> None:
    settings = Settings(db=tmp_path / "wire.db", http_password=RIGHT, http_port=0)
    with LocalPipeline(settings, lambda: LATER) as pipeline:
        for role in ("editor", "reader"):
            serve(of_pipeline(pipeline), settings).close()
            (first,) = pipeline.state.items(USERS, User)
            assert (first.name, first.role, is_right(first.password, RIGHT)) == ("newsroom", role, True)
            pipeline.publish([Output(USERS, first.model_copy(update={"role": "reader"}))])
        pipeline.publish([Output(USERS, first.model_copy(update={"deleted": True}))])
        serve(of_pipeline(pipeline), settings).close()
        with served(pipeline) as one:
            form = {"name": "newsroom", "password": RIGHT}
            answer = httpx.post(one.address + "/login", data=form, headers=FROM_ELSEWHERE)
    assert answer.status_code == 401
