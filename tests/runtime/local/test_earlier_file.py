"""A file that an earlier wirewatch left is opened and gone on from."""

import lzma
from pathlib import Path

from earlier.installations import EARLIER, INDEXED, LETTERS, TOLD, UNREAD

from runtime.local.ledger import ledger
from schemas.alert import Delivery, Subscription
from schemas.clock import utc_now
from schemas.feed import Feed, FeedState
from schemas.ledger import Letter
from schemas.outcome import Output
from schemas.topics import ARTICLES, DEAD, DELIVERIES, FEEDS, FEEDSTATE, SUBSCRIPTIONS
from stores.query import parse
from stores.store import Said
from wirewatch.compose.local import LocalPipeline, as_fetched
from wirewatch.settings import Settings


def test_it_is_gone_on_from(tmp_path: Path) -> None:
    file = tmp_path / "wirewatch.db"
    file.write_bytes(lzma.decompress((EARLIER / "wirewatch.db.xz").read_bytes()))
    with LocalPipeline(Settings(db=file, retention_days=0, channel_hosts="127.0.0.1")) as wire:
        told = {delivery.id: delivery for delivery in wire.log.items(DELIVERIES, Delivery)}
        assert len(told) == TOLD
        assert wire.store.count() == INDEXED
        assert sum(wire.waiting().values()) == 1
        wire.start()
        wire.drain()

        (found,) = wire.store.search(parse("title:opens", utc_now())).articles
        assert found.title == UNREAD
        assert wire.store.count() == INDEXED + 1
        assert found.id in [hit.article.id for hit in wire.store.quotes(Said(speaker="brandt")).quotes]
        account = ledger(wire.database, wire.topology.way)
        assert account.balanced
        assert account.in_flight == 0
        letters = [Letter.model_validate(entry.record) for entry in wire.log.read(DEAD, 0, 10)]
        assert len(letters) == LETTERS

        after = {delivery.id: delivery for delivery in wire.log.items(DELIVERIES, Delivery)}
        assert {id: after[id] for id in told} == told
        assert [alert.title for id in after.keys() - told.keys() if (alert := after[id].alert)] == [UNREAD]
        assert len(list(wire.log.items(SUBSCRIPTIONS, Subscription))) == TOLD + LETTERS
        (feed,) = wire.log.items(FEEDS, Feed)
        state = wire.log.get(FEEDSTATE, feed.url, FeedState)
        assert state is not None
        assert state.succeeded_at
        assert wire.publish([Output(ARTICLES, as_fetched(found))]).dropped == (("same revision", 1),)
