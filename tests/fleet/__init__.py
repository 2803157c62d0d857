"""A fleet of real worker processes for the tests to start, stop and kill, with stages light enough for two cores.

The runtime, Kafka, Elasticsearch, story and match are the real ones; enrich only signs (no model is loaded), and
deliver writes into a file instead of telling people.
"""
