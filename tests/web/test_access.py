"""Who may use the API: whoever sits at this machine; from elsewhere who has a token, for what its scopes say."""

import base64
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from served_api import Served
from wire_articles import NOON

from schemas.outcome import Output
from schemas.token import Scope
from schemas.topics import TOKENS
from web.tokens import made

ELSEWHERE = {"Host": "news.example"}
PROXIED = {"X-Forwarded-For": "192.0.2.7"}


@pytest.fixture
def token(here: Served) -> Callable[..., str]:
    """token("read", …): a token that is in force."""

    def make(*scopes: Scope) -> str:
        secret, kept = made("desk", scopes, NOON)
        assert secret not in kept.model_dump_json()
        here.pipeline.publish([Output(TOKENS, kept)])
        return secret

    return make


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


@pytest.mark.parametrize("how", [ELSEWHERE, PROXIED, {"Forwarded": "for=192.0.2.7"}])
def test_from_elsewhere_a_token_is_needed(here: Served, how: dict[str, str], token: Callable[..., str]) -> None:
    refused = here.client.get("/articles", headers=how)
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert here.client.get("/articles", headers=how | bearer(token("read"))).status_code == 200
    assert here.client.get("/health", headers=how).status_code == 200


@pytest.mark.parametrize("given", ["Bearer ww_wrong", "Bearer Ж", "Basic !!!", "Basic d3c6", "Digest x", "Bearer"])
def test_a_wrong_token_learns_nothing(here: Served, given: str) -> None:
    headers = [(b"Host", b"news.example"), (b"Authorization", given.encode())]
    paths = (f"{here.address}/api/v1{path}" for path in ("/articles/dam", "/articles/no"))
    answers = [httpx.get(path, headers=headers, timeout=60) for path in paths]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].content == answers[1].content


def test_a_wrong_token_is_refused_on_loopback_too(here: Served) -> None:
    assert here.client.get("/articles", headers=bearer("ww_wrong")).status_code == 401


def test_a_feed_reader_gives_its_token_as_a_password(here: Served, token: Callable[..., str]) -> None:
    basic = base64.b64encode(f"anybody:{token('read')}".encode()).decode()
    answer = here.client.get("/articles.rss", headers=ELSEWHERE | {"Authorization": f"Basic {basic}"})
    assert answer.status_code == 200


def test_a_token_may_do_what_its_scopes_say(here: Served, token: Callable[..., str]) -> None:
    headers = bearer(token("read", "alerts"))
    assert here.client.put("/alerts/dam", json={"query": "dam"}, headers=headers).status_code == 200
    for refused in (
        here.client.post("/feeds/poll", json={}, headers=headers),
        here.client.delete("/articles/dam", headers=headers),
        here.client.post("/dead-letters/dam/replay", headers=headers),
    ):
        assert (refused.status_code, "it has read, alerts, not" in refused.json()["detail"]) == (403, True)


def test_a_token_that_was_removed_is_refused(here: Served, token: Callable[..., str]) -> None:
    headers = bearer(token("read"))
    assert here.client.get("/articles", headers=headers).status_code == 200
    _, kept = made("desk", ("read",), NOON + timedelta(minutes=1))
    here.pipeline.publish([Output(TOKENS, kept.model_copy(update={"deleted": True}))])
    assert here.client.get("/articles", headers=headers).status_code == 401


def test_a_page_of_another_site_changes_nothing_here(here: Served) -> None:
    foreign = {"Origin": "https://elsewhere.example"}
    assert here.client.put("/alerts/dam", json={"query": "dam"}, headers=foreign).status_code == 403
    own = {"Origin": here.address}
    assert here.client.put("/alerts/dam", json={"query": "dam"}, headers=own).status_code == 200
