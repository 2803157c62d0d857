"""What must have become of a run. Each function gives its findings, a line each; none where all is well."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from fleet.signing import POISON

from alerts.stages import DELIVER
from chaos.asked import Record
from chaos.channel import Taken
from chaos.expected import Expected
from chaos.news import News
from runtime.ledger import Balance
from runtime.ports import ControlError, Reader
from schemas.alert import Delivery, Subscription
from schemas.article import WireArticle
from schemas.ledger import FORGOTTEN_RULE
from schemas.topics import DELIVERIES
from stores.query import parse
from stores.store import Store

# Articles asked for at a time.
PAGE = 500
# A kill has an earlier revision written again, when the later one stands in the store.
LATE = "index: superseded"
# Named of each kind of finding; the rest is counted.
NAMED = 3


def stored(store: Store, now: datetime) -> list[WireArticle]:
    """All articles that are in the store."""
    everything = parse("*", now)
    page = store.search(everything, limit=PAGE)
    found = list(page.articles)
    while page.next is not None:
        page = store.search(everything, limit=PAGE, after=page.next)
        found += page.articles
    return found


def ledger(reader: Reader, record: Record) -> Iterator[str]:
    """The account balances when it is proved, and holds what was published."""
    try:
        balance = reader.ledger(prove=True)
    except ControlError as error:
        yield f"ledger: {error}"
        return
    kept = [article for article, _ in record.articles.values() if article.id not in record.forgotten]
    bad = sum(article.title == POISON for article in kept)
    if not balance.balanced:
        yield f"ledger: {len(balance.unaccounted)} unaccounted for: {balance.unaccounted[:NAMED]}"
    yield from _counted(balance, len(kept), bad, len(record.forgotten))
    edited = len(kept) - len({article.id for article in kept})
    late = balance.dropped.get(LATE, 0)
    if late > edited or balance.indexed + late < len(kept) - bad:
        yield f"ledger: indexed {balance.indexed} of {len(kept) - bad}; superseded {late} of {edited} edited"


def _counted(balance: Balance, kept: int, bad: int, forgotten: int) -> Iterator[str]:
    if balance.in_flight:
        yield f"ledger: {balance.in_flight} in flight"
    if balance.dead != ({"enrich: ValueError": bad} if bad else {}):
        yield f"ledger: dead {dict(balance.dead)}, poison were {bad}"
    if not all(reason == LATE or reason.endswith(f": {FORGOTTEN_RULE}") for reason in balance.dropped):
        yield f"ledger: dropped {dict(balance.dropped)}"
    # A forgotten article has left the account, or has its place there: two revisions at most.
    if not kept <= balance.fetched <= kept + 2 * forgotten:
        yield f"ledger: fetched {balance.fetched}, published were {kept} and {forgotten} forgotten"


def store(found: Sequence[WireArticle], record: Record, news: News) -> Iterator[str]:
    """Each article once, in its last revision; copies are one story."""
    last = {
        article.id: article
        for article, _ in sorted(record.articles.values(), key=lambda pair: pair[0].fetched_at)
        if article.id not in record.forgotten and article.title != POISON
    }
    by_id = {article.id: article for article in found}
    yield from _named("store: twice", [id for id, times in Counter(one.id for one in found).items() if times > 1])
    yield from _named("store: missing", last.keys() - by_id.keys())
    yield from _named("store: not to be there", by_id.keys() - last.keys())
    stale = [id for id in last.keys() & by_id.keys() if by_id[id].revision != last[id].revision]
    yield from _named("store: not the last revision", stale)
    both = [(one, copy) for one, copy in news.copies if one in by_id and copy in by_id]
    yield from _named(
        "store: a copy in another story", [p for p in both if by_id[p[0]].story_id != by_id[p[1]].story_id]
    )


def told(
    taken: Sequence[Taken], expected: Expected, deliveries: Mapping[str, Delivery], forgotten: Container[str]
) -> Iterator[str]:
    """Everybody was told of all that they must, and of nothing else."""
    articles = [article for one in taken for article in one.message.articles]
    ids = {article.alert_id for article in articles}
    yield from _named("told of what nobody asked for", ids - expected.may.keys())
    delivered = {id for id, one in deliveries.items() if one.status == "delivered"}
    # Of a forgotten article one process keeps nothing.
    gone = {article.alert_id for article in articles if article.article_id in forgotten}
    yield from _named("told and not remembered", ids - delivered - gone)
    yield from _named("remembered as told and not told", delivered - ids)
    yield from _named(
        "an alert is missing", [f"{id} of {by}" for id, by in expected.must.items() if id not in deliveries]
    )


def once(taken: Sequence[Taken]) -> Iterator[str]:
    """Each alert was told under one key, also where an answer was lost."""
    keys: dict[str, set[str]] = defaultdict(set)
    for one in taken:
        for article in one.message.articles:
            keys[article.alert_id].add(one.message.alert_id)
    yield from _named("told under several keys", [f"{id}: {under}" for id, under in keys.items() if len(under) > 1])


def again(taken: Sequence[Taken], kills: int) -> Iterator[str]:
    """A message comes again where its answer was lost, or a kill fell between telling and record: a batch each time."""
    repeated = sum(times - 1 for times in Counter(one.message.alert_id for one in taken).values())
    lost = sum(one.lost for one in taken)
    if repeated > DELIVER.batch * kills + lost:
        yield f"told again: {repeated} messages, by {kills} kills and {lost} lost answers"


def held_back(
    expected: Expected, deliveries: Mapping[str, Delivery], standing: Mapping[str, Subscription]
) -> Iterator[str]:
    """What must be told and was not is kept or waits by a rule of its subscription."""
    wrong = []
    for id in expected.must.keys() & deliveries.keys():
        one, subscription = deliveries[id], standing[expected.must[id]]
        keeps = not subscription.channels or subscription.muted_until is not None
        right = {"kept"} if keeps else {"waiting"} if subscription.quiet else {"delivered"}
        if subscription.most_an_hour and one.waiting_for == "cap":
            right = {"waiting"}
        if one.status not in right:
            wrong.append(f"{id} of {subscription.id}: {one.status} {one.waiting_for} {one.problem}")
    yield from _named("neither told nor put off by a rule", wrong)


def forgotten(taken: Sequence[Taken], record: Record, grace: timedelta) -> Iterator[str]:
    """Nobody is told of an article after `forget` has returned."""
    late = [
        article.article_id
        for one in taken
        for article in one.message.articles
        if article.article_id in record.forgotten and one.at > record.forgotten[article.article_id].confirmed + grace
    ]
    yield from _named("told after it was forgotten", late)


def recorded(store: Store, deliveries: Mapping[str, Delivery]) -> Iterator[str]:
    """The store says the same of each alert as the log."""
    page = store.alerts(limit=PAGE)
    kept = {one.id: one.status for one in page.alerts}
    while page.next is not None:
        page = store.alerts(limit=PAGE, after=page.next)
        kept |= {one.id: one.status for one in page.alerts}
    became = {id: one.status for id, one in deliveries.items() if one.alert is not None and not one.is_copy}
    differing = [
        f"{id}: {became.get(id)}, in the store {kept.get(id)}"
        for id in became.keys() | kept.keys()
        if became.get(id) != kept.get(id)
    ]
    yield from _named("recorded otherwise", differing)


def alive(reader: Reader) -> Iterator[str]:
    """No stage waits for anything or lies behind."""
    for report in reader.status():
        if report.waiting or report.held:
            yield f"{report.stage}: {report.waiting} wait, held: {[wait.why for wait in report.held]}"


def deliveries(reader: Reader) -> dict[str, Delivery]:
    """What became of each alert."""
    return {one.id: one for one in reader.state.scan(DELIVERIES, Delivery)}


def _named(what: str, found: "Sequence[object] | set[str]") -> Iterator[str]:
    if found:
        yield f"{what}: {len(found)}: {', '.join(map(str, sorted(found, key=str)[:NAMED]))}"
