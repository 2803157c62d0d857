"""The text of a notification as HTML, for mail. Strangers' words are never markup. Pure."""

from collections.abc import Sequence

from alerts.digest_html import digest_html
from alerts.markup import linked, shown
from alerts.message import MOST_IN_ONE, at, growths, is_of_an_article
from schemas.alert import Alert, Why


def html(alerts: Sequence[Alert]) -> str:
    """As alerts.message.body: every alert in full; several have a line between them."""
    grown = [f"<p>{shown(line)}</p>" for line in growths(alerts)]
    articles = [alert for alert in alerts if is_of_an_article(alert)]
    digests = [digest_html(one.digested) for one in alerts if one.digested]
    parts = [*grown, *digests, *(_one(alert) for alert in articles[:MOST_IN_ONE])]
    if len(articles) > MOST_IN_ONE:
        parts.append(f"<p>and {len(articles) - MOST_IN_ONE} more</p>")
    return "<html><body>" + "<hr>".join(parts) + "</body></html>"


def _one(alert: Alert) -> str:
    title = linked(alert.title or alert.url or alert.article_id, alert.url)
    facts = [
        f"Quoted: {', '.join(alert.speakers)}" if alert.speakers else "",
        f"Matched: {alert.matched_part}",
        f"Source: {alert.source or alert.feed or 'unknown'}",
        alert.url or "",  # in words too: mail programs make the text part of this
        f"Published {at(alert.published)}, seen {at(alert.first_seen)}, matched {at(alert.matched_at)}",
    ]
    return "".join(
        (
            f"<h2>{title}</h2>",
            *(_sentence(why) for why in alert.why if why.sentence != alert.title),
            "<p>" + "<br>".join(shown(fact) for fact in facts if fact) + "</p>",
        )
    )


def _sentence(why: Why) -> str:
    pieces = []
    end = 0
    for start, stop in why.marks:
        pieces += [shown(why.sentence[end:start]), f"<b>{shown(why.sentence[start:stop])}</b>"]
        end = stop
    speaker = f"{shown(why.speaker)}: " if why.speaker else ""
    return f"<blockquote>{speaker}{''.join(pieces)}{shown(why.sentence[end:])}</blockquote>"
