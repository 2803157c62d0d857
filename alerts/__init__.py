"""From an article on the wire to a person who is told: standing queries, why they match, and delivery.

Knows the query language and the records; knows no store's engine, no log and no runtime.
"""
