"""The engine on Kafka: each stage a Faust worker in a consumer group of its own. Knows nothing of news.

Faust loses records by its defaults; the rules that keep them are in docs/operations.md, and each stands here where it
is obeyed. Everything that imports Faust is in faust_app.py, faust_agent.py,
faust_consumer.py and watchdog.py.
"""
