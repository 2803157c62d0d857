"""A partition that has no leader yet is waited for, whoever asks where it begins or ends."""

from typing import Any

import pytest
from kafka import TopicPartition

from runtime.kafka import lag, offsets
from schemas.outcome import Hold

LED, LEADERLESS = TopicPartition("articles", 0), TopicPartition("articles", 1)


class Broker:
    """Answers as the client does: of a partition without a leader by KeyError."""

    def partitions_for_topic(self, _: str) -> set[int]:
        return {0, 1}

    def end_offsets(self, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        return {each: {LED: 7}[each] for each in partitions}

    beginning_offsets = end_offsets


@pytest.mark.parametrize("ask", [offsets.ends, offsets.begins])
def test_it_is_waited_for(ask: Any) -> None:
    assert ask(Broker(), [LED]) == {LED: 7}
    with pytest.raises(Hold, match=r"partition=1.*no leader yet"):
        ask(Broker(), [LED, LEADERLESS])


def test_what_waits_before_a_stage_is_not_known_meanwhile() -> None:
    with pytest.raises(Hold, match="no leader yet"):
        lag.lags(Broker(), "articles")
