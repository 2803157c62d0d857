"""Why Kafka could not be reached: its client gives up with "unable to bootstrap" and leaves the reason to its log.

Knows nothing of what is asked of Kafka.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from kafka.errors import KafkaError, KafkaTimeoutError, SaslAuthenticationFailedError

from schemas.broker import Cluster

# The one that connects; it logs each failure with the exception itself.
_SPEAKER = "kafka.net.manager"


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.reason: KafkaError | None = None

    def emit(self, record: logging.LogRecord) -> None:
        for each in record.args if isinstance(record.args, tuple) else ():
            # the first: the last attempt is cut off by giving up, and says only that
            if isinstance(each, KafkaError) and not isinstance(each, KafkaTimeoutError):
                self.reason = self.reason or each


@contextmanager
def reasons() -> Iterator[None]:
    """Clients made within raise what kept them from Kafka, where it was heard: a KafkaError in any case."""
    heard = _Heard()
    logging.getLogger(_SPEAKER).addHandler(heard)
    try:
        yield
    except KafkaTimeoutError as error:
        raise heard.reason or error from error
    finally:
        logging.getLogger(_SPEAKER).removeHandler(heard)


def explain(cluster: Cluster, error: KafkaError) -> str:
    """One line for a person: which Kafka, what is wrong, and what to look at where it is ours."""
    if isinstance(error, SaslAuthenticationFailedError):
        user = cluster.access.user
        return f"Kafka at {cluster.bootstrap} refuses the user {user!r} or its password: look at WIREWATCH_KAFKA_USER"
    return f"Kafka at {cluster.bootstrap} does not answer: {error}"
