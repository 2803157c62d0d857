"""When an alert may be sent: at once, or after quiet hours, a cooldown, or with the next digest. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from schemas.alert import Awaited, QuietHours, Subscription


@dataclass(frozen=True, slots=True)
class Due:
    """When something may be told, and the rule that put it off last; none where it may be told at once."""

    moment: datetime
    awaited: Awaited | None = None

    def put_off(self, moment: datetime, rule: Awaited) -> "Due":
        """Later by this rule, or as it is where the rule is no bar."""
        return Due(moment, rule) if moment > self.moment else self


def due(subscription: Subscription, now: datetime, last_told: datetime | None) -> Due:
    """The first moment from `now` on at which the subscription may be told of something; `now` if at once."""
    found = Due(now)
    if subscription.policy == "digest":
        found = found.put_off(next_digest(now, subscription.digest_minutes), "digest")
    if last_told is not None:
        found = found.put_off(last_told + timedelta(minutes=subscription.cooldown_minutes), "cooldown")
    quiet = subscription.quiet
    return found.put_off(after_quiet(quiet, found.moment), "quiet") if quiet else found


def next_digest(now: datetime, minutes: int) -> datetime:
    """Digests go out on the clock (daily ones at midnight UTC), so that a restart moves none."""
    step = timedelta(minutes=minutes)
    start = datetime.fromtimestamp(0, UTC)
    return start + ((now - start) // step + 1) * step


def after_quiet(quiet: QuietHours, moment: datetime) -> datetime:
    """`moment`, or the end of the quiet hours that it falls into."""
    local = moment.astimezone(ZoneInfo(quiet.zone))
    start, end = time.fromisoformat(quiet.start), time.fromisoformat(quiet.end)
    at = local.time()
    over_night = start > end
    inside = (at >= start or at < end) if over_night else start <= at < end
    if not inside:
        return moment
    day = local.date() + timedelta(days=1 if over_night and at >= start else 0)
    return datetime.combine(day, end, local.tzinfo).astimezone(UTC)
