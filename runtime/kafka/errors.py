"""Why Kafka could not be reached: its client gives up with "unable to bootstrap" and leaves the reason to its log.

Knows nothing of what is asked of Kafka.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from kafka.errors import KafkaError, KafkaTimeoutError, SaslAuthenticationFailedError

from runtime.kafka.codec import Cluster

# The one that connects; it logs each failure with the exception itself.
_SPEAKER = "kafka.net.manager"


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.reason: KafkaError | None = None

    def emit(self, record: logging.LogRecord) -> None:
        for each in record.args if isinstance(record.args, tuple) else ():
            if isinstance(each, KafkaError) and not isinstance(each, KafkaTimeoutError):
                self.reason = self._better(each)

    def _better(self, heard: KafkaError) -> KafkaError:
        """The first, which later attempts only repeat; but that a user is refused goes before all else."""
        return heard if isinstance(heard, SaslAuthenticationFailedError) else self.reason or heard


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
    refused = f"refuses the user {cluster.access.user!r} or its password"
    if isinstance(error, SaslAuthenticationFailedError):
        return f"Kafka at {cluster.bootstrap} {refused}"
    # It often hangs up on a refused user before its word has come through.
    silent = f"does not answer, or {refused}" if cluster.access.signs_in else "does not answer"
    return f"Kafka at {cluster.bootstrap} {silent}: {error}"
