"""Real servers for the tests: Kafka and Elasticsearch, fetched from Maven Central and started as processes.

Nothing is mocked where a server can be had. Knows nothing of what the tests do with them.
"""
