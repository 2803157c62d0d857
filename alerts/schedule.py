"""When an alert may be sent: at once, or after quiet hours, a cooldown, under a cap, or with the next digest. Pure.

Local times are as calendars read them (RFC 5545): one that the clock jumps over in spring is as long after the jump as
it was to be after its beginning; of one that comes twice in autumn a digest takes the first, the end of quiet hours the
second.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from schemas.alert import Awaited, DigestTime, QuietHours, Subscription


@dataclass(frozen=True, slots=True)
class Due:
    """When something may be told, and the rule that put it off last; none where it may be told at once."""

    moment: datetime
    awaited: Awaited | None = None

    def put_off(self, moment: datetime, rule: Awaited) -> "Due":
        """Later by this rule, or as it is where the rule is no bar."""
        return Due(moment, rule) if moment > self.moment else self


HOUR = timedelta(hours=1)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def due(subscription: Subscription, now: datetime, last_told: datetime | None) -> Due:
    """The first moment from `now` on at which the subscription may be told of something; `now` if at once."""
    found = Due(now)
    if subscription.policy == "digest":
        at = subscription.digest_time
        moment = next_time(now, at) if at else next_digest(now, subscription.digest_minutes)
        found = found.put_off(moment, "digest")
    if last_told is not None:
        found = found.put_off(last_told + timedelta(minutes=subscription.cooldown_minutes), "cooldown")
    quiet = subscription.quiet
    return found.put_off(after_quiet(quiet, found.moment), "quiet") if quiet else found


def within_cap(subscription: Subscription, found: Due, of_late: Sequence[datetime]) -> Due:
    """`found`, or the moment at which an hour has passed since so many messages. `of_late`: when it was told in the
    past hour, in order. Quiet hours are looked at again once it is due."""
    cap = subscription.most_an_hour
    return found.put_off(of_late[-cap] + HOUR, "cap") if cap and len(of_late) >= cap else found


def next_digest(now: datetime, minutes: int) -> datetime:
    """Digests go out on the clock (daily ones at midnight UTC), so that a restart moves none."""
    step = timedelta(minutes=minutes)
    start = datetime.fromtimestamp(0, UTC)
    return start + ((now - start) // step + 1) * step


def next_time(now: datetime, digest: DigestTime) -> datetime:
    """The first moment after `now` at which the clock there shows that time, on its day where it has one."""
    zone = ZoneInfo(digest.zone)
    at = time.fromisoformat(digest.at)
    today = now.astimezone(zone).date()
    # from yesterday: what the clock jumped over late in the evening comes on the next day; eight days hold any weekday
    for days in range(-1, 9):
        day = today + timedelta(days=days)
        if digest.day is not None and _DAYS[day.weekday()] != digest.day:
            continue
        if (moment := _moments(day, at, zone)[0]) > now:
            return moment
    raise AssertionError("a week has every day")


def _moments(day: date, at: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first and the last moment that a local time stands for. One that the clock jumps over stands for one."""
    first, second = (datetime.combine(day, at.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1))
    return first, max(first, second)


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
    return _moments(day, end, ZoneInfo(quiet.zone))[1]
