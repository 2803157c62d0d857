"""What the two one-shots of docker-compose.yml do: users, rights and indexes; then what Kibana shows.

Both run again at every `docker compose up`. What they do again changes nothing that a person changed meanwhile, and
what keeps them from doing it is one line (RefusedError). Knows the store's `install`; knows no stage and no article.
"""
