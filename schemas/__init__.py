"""What crosses a boundary: the records, the topics they travel on, and the outcome of a stage.

Knows nothing of feeds, models, stores or servers: everything else imports this, this imports nothing of ours.
"""
