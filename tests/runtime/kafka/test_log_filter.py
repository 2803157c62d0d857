"""What a worker's libraries may say while Kafka is away."""

import logging

from runtime.kafka.log_filter import SECONDS, Seldom


def line(template: str, *arguments: object, logger: str = "aiokafka") -> logging.LogRecord:
    """A line of a log."""
    return logging.LogRecord(logger, logging.ERROR, "", 0, template, arguments, None)


def test_a_kind_of_line_is_said_once_in_a_while_with_how_many_were_kept_back() -> None:
    now = 0.0
    seldom = Seldom(lambda: now)
    assert seldom.filter(line("no node %d", 1))
    assert not any(seldom.filter(line("no node %d", number)) for number in range(5))
    now = SECONDS
    last = line("no node %d", 7)
    assert seldom.filter(last)
    assert last.getMessage() == "no node 7 (and 5 more like it)"
    now = 2 * SECONDS
    last = line("no node %d", 8)
    assert seldom.filter(last)
    assert last.getMessage() == "no node 8"


def test_other_lines_and_other_loggers_are_other_kinds() -> None:
    seldom = Seldom(lambda: 0.0)
    assert all(seldom.filter(each) for each in (line("a"), line("b"), line("a", logger="faust")))


def test_a_line_with_a_percent_sign_survives() -> None:
    now = 0.0
    seldom = Seldom(lambda: now)
    seldom.filter(line("100 % away"))
    seldom.filter(line("100 % away"))
    now = SECONDS
    last = line("100 % away")
    assert seldom.filter(last)
    assert last.getMessage() == "100 % away (and 1 more like it)"
