"""Opens the store on the Elasticsearch that the settings name."""

from elasticsearch import Elasticsearch

from stores.elastic.store import ElasticStore
from stores.elastic.transport import SERIALIZERS, WholeAnswers
from stores.settings import StoreSettings

# The longest that one request may take before Elasticsearch counts as away.
REQUEST_SECONDS = 20.0


def connect(settings: StoreSettings) -> ElasticStore:
    """The store; nothing is asked of the server yet."""
    user = settings.elasticsearch_user
    client = Elasticsearch(
        settings.elasticsearch,
        basic_auth=(user, settings.elasticsearch_password) if user else None,
        request_timeout=REQUEST_SECONDS,
        transport_class=WholeAnswers,
        serializers=SERIALIZERS,
        max_retries=0,  # the worker holds, and tries again without a limit
    )
    return ElasticStore(client, prefix=settings.index_prefix, replicas=settings.replicas)
