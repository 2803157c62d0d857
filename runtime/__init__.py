"""The engine: how a stage is run, in one process (local/) and on Kafka with Faust (kafka/). Knows nothing of news."""
