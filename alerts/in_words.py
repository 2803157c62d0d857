"""A subscription in words, for people: how it is, and when it tells. Pure."""

from datetime import datetime

from schemas.alert import Subscription


def state(subscription: Subscription, now: datetime) -> str:
    """What somebody has to know who waits for its messages."""
    if subscription.paused:
        return "paused"
    if subscription.muted_until is not None and now < subscription.muted_until:
        return f"muted until {subscription.muted_until:%Y-%m-%d %H:%M} UTC"
    return "on" if subscription.channels else "tells nobody"


def policy(subscription: Subscription) -> str:
    """When it tells: "digest at mon 08:00 Europe/Kyiv, at most 3 an hour"."""
    said: list[str] = [subscription.policy]
    if subscription.policy == "digest":
        at = subscription.digest_time
        when = f"at {f'{at.day} ' if at.day else ''}{at.at} {at.zone}" if at else None
        said = [f"digest {when or f'every {subscription.digest_minutes} minutes'}"]
    if subscription.cooldown_minutes:
        said.append(f"{subscription.cooldown_minutes} minutes apart")
    if subscription.most_an_hour:
        said.append(f"at most {subscription.most_an_hour} an hour")
    if quiet := subscription.quiet:
        said.append(f"quiet {quiet.start} to {quiet.end} {quiet.zone}")
    return ", ".join(said)
