"""Real channels on loopback: a webhook and a mail server, and what their answers mean."""

import json
import logging
from collections.abc import Iterator

import apprise
import pytest
from loopback import Reply, Site, site
from mail_server import MailServer

from alerts.channels import Away, Message, Refused, masked, notify, problem_of

MESSAGE = Message("key-1", "Tomahawk: talks", "> Trump: I will *send* them\n<b>&amp; “marks”</b>")


@pytest.fixture
def hook() -> Iterator[Site]:
    with site() as running:
        yield running


@pytest.fixture
def mail() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.stop()


def test_a_webhook_takes_the_text_and_the_key(hook: Site) -> None:
    hook.pages["/here"] = Reply(200)
    for address in (f"json://127.0.0.1:{hook.port}/here", f"json://127.0.0.1:{hook.port}/here?%2BX-Own=1"):
        notify(address, MESSAGE)
    for asked in hook.asked:
        assert asked.headers["idempotency-key"] == "key-1"
        sent = json.loads(asked.body)
        assert (sent["title"], sent["message"], sent["alert_id"]) == (MESSAGE.title, MESSAGE.body, "key-1")
    assert hook.asked[1].headers["x-own"] == "1"


@pytest.mark.parametrize("status", [500, 503, 429, 401, 403, 408])
def test_what_may_change_is_away(hook: Site, status: int) -> None:
    hook.pages["/here"] = Reply(status)
    with pytest.raises(Away, match=str(status)):
        notify(f"json://127.0.0.1:{hook.port}/here", MESSAGE)


@pytest.mark.parametrize("status", [404, 410, 413])
def test_what_will_not_change_is_refused(hook: Site, status: int) -> None:
    hook.pages["/here"] = Reply(status)
    with pytest.raises(Refused, match=str(status)):
        notify(f"json://127.0.0.1:{hook.port}/here", MESSAGE)


def test_nobody_there_is_away(hook: Site) -> None:
    hook.close()
    with pytest.raises(Away):
        notify(f"json://127.0.0.1:{hook.port}/here", MESSAGE)


def test_an_address_of_no_kind_is_refused_without_its_secrets() -> None:
    for address in ("nonsense", "carrier-pigeon://user:secret@loft/coop-token"):
        with pytest.raises(Refused) as refused:
            notify(address, MESSAGE)
        assert "secret" not in str(refused.value)
        assert "token" not in str(refused.value)
        assert problem_of(address) == str(refused.value)
    assert problem_of("json://127.0.0.1/here") is None
    assert masked("slack://secret-a/secret-b/secret-c") == "slack://…"
    assert masked("jsons://user:secret@hooks.example/secret") == "jsons://hooks.example"


def test_mail_arrives_as_plain_text(mail: MailServer) -> None:
    notify(mail_address(mail), MESSAGE)
    (message,) = mail.received
    assert message["Subject"] == MESSAGE.title
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").strip() == MESSAGE.body
    assert message["X-Wirewatch-Alert"] == "key-1"


def test_mail_that_nobody_takes_is_away_until_somebody_does(mail: MailServer) -> None:
    mail.stop()
    with pytest.raises(Away):
        notify(mail_address(mail), MESSAGE)
    mail.start()
    notify(mail_address(mail), MESSAGE)
    assert len(mail.received) == 1


def mail_address(mail: MailServer) -> str:
    return f"mailto://news.example:{mail.port}?smtp=127.0.0.1&mode=insecure&from=wire@news.example&to=desk@news.example"


def test_what_a_service_says_is_passed_on_without_the_keys_in_its_address(
    hook: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook.pages["/s3cret-key"] = Reply(503)
    with pytest.raises(Away) as away:
        notify(f"json://somebody:pass%20word@127.0.0.1:{hook.port}/s3cret-key", MESSAGE)
    assert "503" in str(away.value)

    def talkative(self: apprise.NotifyBase, **_: object) -> bool:
        logging.getLogger("apprise").warning("Failed to send to 127.0.0.1 with s3cret-key for somebody:pass word")
        return False

    monkeypatch.setattr("apprise.plugins.custom_json.NotifyJSON.notify", talkative)
    with pytest.raises(Away, match=r"127\.0\.0\.1 with …") as away:
        notify(f"json://somebody:pass%20word@127.0.0.1:{hook.port}/s3cret-key", MESSAGE)
    assert not any(secret in str(away.value) for secret in ("s3cret", "somebody", "pass word"))
