"""Alerting: from an article on the wire to a notification. Standing queries, highlights, and delivery.

Knows the query language and the records; knows no store's engine, no log and no runtime.
"""
