"""/alerts: what to be told of; /notifications: what was told."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from alerts import subscriptions
from alerts.backtest import backtest
from alerts.subscriptions import SubscriptionError
from schemas.alert import Policy, Subscription
from schemas.in_force import alerts_in_force
from schemas.outcome import Output
from schemas.topics import SUBSCRIPTIONS
from web.access import needs
from web.api.given import After, Here, Limit, Text, after_told, read
from web.installation import Installation
from web.problems import ProblemError
from web.shapes.alerts import AlertList, AlertPut, AlertShown, BacktestResult, NotificationPage

router = APIRouter(tags=["alerts"], dependencies=[Depends(needs("read"))])
CHANGING = [Depends(needs("alerts"))]

Name = Annotated[str, Path(min_length=1, max_length=200)]


@router.get("/alerts")
def alerts(here: Here) -> AlertList:
    """The alerts that are on."""
    return AlertList(alerts=[AlertShown.of(one) for one in alerts_in_force(here.reader.state)])


@router.get("/alerts/{name:any}")
def alert(here: Here, name: Name) -> AlertShown:
    """One alert, by its name or id."""
    return AlertShown.of(_named(here, name))


def _named(here: Installation, name: str) -> Subscription:
    if found := subscriptions.named(alerts_in_force(here.reader.state), name):
        return found
    raise ProblemError(404, "there is no such alert")


@router.put("/alerts/{name:any}", dependencies=CHANGING)
def put(here: Here, name: Name, wanted: AlertPut) -> AlertShown:
    """Turn an alert on, or change the one of this name."""
    in_force = alerts_in_force(here.reader.state)
    before = next((one for one in in_force if one.name == name), None)
    given = wanted.model_dump()
    try:
        if before:  # its examples are no part of what is put
            subscription = subscriptions.changed(before, given, here.channel_problem)
        else:
            subscription = subscriptions.placed(subscriptions.made(name, given, here.channel_problem), in_force)
    except SubscriptionError as error:
        raise ProblemError(422, str(error)) from error
    with here.acting() as control:
        control.publish([Output(SUBSCRIPTIONS, subscription)])
    return AlertShown.of(subscription)


@router.delete("/alerts/{name:any}", status_code=204, dependencies=CHANGING)
def remove(here: Here, name: Name) -> None:
    """Turn an alert off."""
    subscription = _named(here, name)
    with here.acting() as control:
        control.publish([Output(SUBSCRIPTIONS, subscription.model_copy(update={"deleted": True}))])


@router.get("/backtest")
def would_tell(
    here: Here,
    q: Text,
    days: Annotated[int, Query(ge=1, le=366, description="How many days to look back.")] = 30,
    policy: Policy = "story",
) -> BacktestResult:
    """What an alert would have told in the past days, from what is stored, before it goes live."""
    read(q, here)
    return BacktestResult.of(backtest(q, here.reader.store, here.clock(), days, policy))


@router.get("/notifications")
def notifications(
    here: Here,
    alert: Annotated[str | None, Query(max_length=200, description="Only of this alert: its name or id.")] = None,
    article: Annotated[str | None, Query(max_length=200, description="Only of this article: its id.")] = None,
    since: datetime | None = None,
    limit: Limit = 20,
    after: After = None,
) -> NotificationPage:
    """What was alerted, the latest first, why, and what became of telling it."""
    if since is not None and since.tzinfo is None:
        raise ProblemError(422, "since: a time needs its zone, as 2026-01-02T03:04:05Z")
    with after_told():
        return NotificationPage.of(here.reader.store.alerts(alert, article, since, limit, after))
