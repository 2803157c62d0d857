"""The runtime on Kafka: topics made, workers run and watched, state read, and the ledger balanced."""
