"""A subscription, and what became of an alert, in words for people. Pure."""

from datetime import datetime

from schemas.alert import Awaited, Grown, Recorded, Subscription


def state(subscription: Subscription, now: datetime) -> str:
    """What somebody has to know who waits for its messages."""
    if subscription.paused:
        return "paused"
    if subscription.muted_until is not None and now < subscription.muted_until:
        return f"muted until {subscription.muted_until:%Y-%m-%d %H:%M} UTC"
    return "on" if subscription.channels else "tells nobody"


def policy(subscription: Subscription) -> str:
    """When it tells: "digest at mon 08:00 Europe/Kyiv, at most 3 an hour"."""
    said: list[str] = [subscription.policy] if not subscription.growth else []
    if subscription.policy not in ("every", "story"):
        at = subscription.digest_time
        when = f"at {f'{at.day} ' if at.day else ''}{at.at} {at.zone}" if at else None
        said = [f"{subscription.policy} {when or f'every {subscription.digest_minutes} minutes'}"]
    if subscription.growth:
        said.append(f"when {subscription.growth:g} times as usual")
    if subscription.altered:
        said.append("and when a told quote is changed")
    if subscription.cooldown_minutes:
        said.append(f"{subscription.cooldown_minutes} minutes apart")
    if subscription.most_an_hour:
        said.append(f"at most {subscription.most_an_hour} an hour")
    if quiet := subscription.quiet:
        said.append(f"quiet {quiet.start} to {quiet.end} {quiet.zone}")
    return ", ".join(said)


def grown_by(growth: Grown) -> str:
    """How much more than usual: "40 origins in 60 minutes, 10 as usual"."""
    return f"{growth.origins} origins in {growth.minutes} minutes, {growth.usual:g} as usual"


def telling(one: Recorded) -> str:
    """What became of an alert: whom it was told, what it waits for, or why it was told to nobody."""
    to = f" to {', '.join(one.channels)}" if one.channels else ""
    because = f": {one.problem}" if one.problem else ""
    if one.status == "waiting":
        until = f" until {one.due:%Y-%m-%d %H:%M:%S} UTC" if one.due else ""
        told = f", told{to}" if to else ""
        return f"waits for {_AWAITED[one.waiting_for or 'channel']}{until}{told}{because}"
    if one.status == "delivered":
        return f"told{to}{because}"
    if one.status == "refused":
        return f"refused{because}"
    return f"kept, told to nobody{because or ': it had no channel, or was muted, paused or removed'}"


_AWAITED: dict[Awaited, str] = {
    "digest": "the next digest",
    "cooldown": "the end of the cooldown",
    "cap": "an hour with fewer messages",
    "quiet": "the end of quiet hours",
    "channel": "a channel that is away",
}
