"""The text of a notification as HTML, for mail. Strangers' words are never markup. Pure."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

from alerts.message import MOST_IN_ONE, at, growths
from schemas.alert import Alert, Why
from schemas.visible import visible


def html(alerts: Sequence[Alert]) -> str:
    """As alerts.message.body: every alert in full; several have a line between them."""
    grown = [f"<p>{_text(line)}</p>" for line in growths(alerts)]
    articles = [alert for alert in alerts if not alert.growth]
    parts = [*grown, *(_one(alert) for alert in articles[:MOST_IN_ONE])]
    if len(articles) > MOST_IN_ONE:
        parts.append(f"<p>and {len(articles) - MOST_IN_ONE} more</p>")
    return "<html><body>" + "<hr>".join(parts) + "</body></html>"


def _one(alert: Alert) -> str:
    title = _text(alert.title or alert.url or alert.article_id)
    linked = f'<a href="{_text(alert.url)}">{title}</a>' if alert.url and _is_web(alert.url) else title
    facts = [
        f"Quoted: {', '.join(alert.speakers)}" if alert.speakers else "",
        f"Matched: {alert.matched_part}",
        f"Source: {alert.source or alert.feed or 'unknown'}",
        alert.url or "",  # in words too: mail programs make the text part of this
        f"Published {at(alert.published)}, seen {at(alert.first_seen)}, matched {at(alert.matched_at)}",
    ]
    return "".join(
        (
            f"<h2>{linked}</h2>",
            *(_sentence(why) for why in alert.why if why.sentence != alert.title),
            "<p>" + "<br>".join(_text(fact) for fact in facts if fact) + "</p>",
        )
    )


def _sentence(why: Why) -> str:
    pieces = []
    end = 0
    for start, stop in why.marks:
        pieces += [_text(why.sentence[end:start]), f"<b>{_text(why.sentence[start:stop])}</b>"]
        end = stop
    speaker = f"{_text(why.speaker)}: " if why.speaker else ""
    return f"<blockquote>{speaker}{''.join(pieces)}{_text(why.sentence[end:])}</blockquote>"


def _text(text: str) -> str:
    return escape(visible(text))


def _is_web(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False
