"""The stages of this room: articles are matched against standing queries, people are told, and digests are made."""

from dataclasses import replace
from datetime import timedelta

from schemas.alert import Alert, Delivery
from schemas.article import WireArticle
from schemas.services import Services
from schemas.stage import MANY, Stage, Step
from schemas.topics import ALERTS, COUNTING, DELIVERIES, SUBSCRIPTIONS, WIRE
from stores import stages as stores


def _match(services: Services) -> Step[WireArticle]:
    # within the functions: a command that only names the stages loads nothing of them
    from alerts.in_force import InForce
    from alerts.match import MatchStep

    state = services.state
    return MatchStep(InForce(state), services.clock, lambda id: state.get(DELIVERIES, id, Delivery))


def _deliver(services: Services) -> Step[Alert]:
    from alerts.channel_guard import guard_of
    from alerts.deliver import DeliverStep
    from alerts.growing import Growing
    from alerts.in_force import InForce
    from alerts.telling import child, told_by

    settings = services.settings
    guard = guard_of(services.forbids, settings)
    # one child: tellings are one after the other, so that what is told has an order
    pool = services.pool(child(guard), 1)
    in_force = InForce(services.state)
    if in_force():  # an archive that tells nobody needs no child
        pool.start()
    return DeliverStep(
        services.state,
        in_force,
        services.clock,
        told_by(pool),
        services.confirm_owner,
        timedelta(days=settings.old_news_days),
        Growing(services.state, timedelta(days=settings.retention_days) or None),
    )


def _record(services: Services) -> Step[Delivery]:
    from alerts.record import RecordAndDigest

    return RecordAndDigest(services)


# Alerts that are added are read then: a hundred thousand take seconds, and the next article waits for the last of them.
_READ_SECONDS = 0.5
MATCH = Stage("match", reads=WIRE, open=_match, writes=(ALERTS,), restores=(SUBSCRIPTIONS,), tick_seconds=_READ_SECONDS)
"""Finds the subscriptions that an article meets."""

DELIVER = Stage(
    "deliver",
    reads=ALERTS,
    open=_deliver,
    writes=(DELIVERIES, COUNTING),
    restores=(DELIVERIES, COUNTING, SUBSCRIPTIONS),
    batch=MANY,
)
"""Tells people, at least once, once per story: a single writer, whose memory is made anew from `delivery`."""

RECORD = replace(stores.RECORD, open=_record, writes=(ALERTS,), restores=(SUBSCRIPTIONS,))
"""As the store's own, and puts on the log what is told by the clock."""
