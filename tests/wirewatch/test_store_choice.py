"""Log and store are chosen apart: one process on its file may have its store on Elasticsearch."""

from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from schemas.article import Article
from schemas.clock import utc_now
from schemas.outcome import Output
from schemas.topics import ARTICLES
from stores.elastic.names import KINDS
from stores.elastic.store import ElasticStore
from stores.query import parse
from stores.store import MaintenanceError
from wirewatch.compose.local import LocalPipeline
from wirewatch.compose.local_reader import LocalReader
from wirewatch.compose.maintenance import maintained
from wirewatch.settings import Settings


@pytest.mark.servers
def test_one_process_may_store_on_elasticsearch(tmp_path: Path, elasticsearch_url: str) -> None:
    settings = Settings(
        db=tmp_path / "log.db", elasticsearch=elasticsearch_url, index_prefix=f"choice-{uuid4().hex[:8]}-"
    )
    article = Article(id="a", revision="1", title="Rain", text="It rained in Leeds.", fetched_at=utc_now())
    with Elasticsearch(elasticsearch_url) as client:
        try:
            with maintained(settings) as store:
                assert "in place" in store.init()
            with LocalPipeline(settings) as pipeline:
                pipeline.publish([Output(ARTICLES, article)])
                pipeline.start()
                pipeline.drain()
                client.indices.refresh(index=f"{settings.index_prefix}*")
            with maintained(settings) as store:
                assert store.reindex() == "1 months built anew, 1 articles"
            with LocalReader(settings) as reader:
                found = reader.store.search(parse("rain", utc_now())).articles
                assert [one.id for one in found] == ["a"]
                assert reader.ledger().balanced
            with LocalPipeline(settings) as pipeline:
                assert pipeline.forget("a")
                client.indices.refresh(index=f"{settings.index_prefix}*")
                assert pipeline.store.get("a") is None
        finally:
            for kind in KINDS:
                for index in ElasticStore(client, prefix=settings.index_prefix).months.indexes(kind):
                    client.indices.delete(index=index)
                client.options(ignore_status=404).indices.delete_index_template(name=f"{settings.index_prefix}{kind}")


def test_nobody_builds_a_file_anew_that_another_works_on_or_that_is_not_there(tmp_path: Path) -> None:
    settings = Settings(db=tmp_path / "log.db", elasticsearch="")
    with pytest.raises(MaintenanceError, match=r"there is no .*log\.db yet"), maintained(settings):
        pass
    with LocalPipeline(settings), pytest.raises(MaintenanceError, match=r"log\.db"), maintained(settings):
        pass
    with maintained(settings) as store:
        assert store.reindex() == store.upgrade() == f"{settings.db} is built anew"
        with pytest.raises(MaintenanceError, match="WIREWATCH_ELASTICSEARCH"):
            store.init()
