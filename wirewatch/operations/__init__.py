"""How the whole installation does, written down once a minute for a dashboard: outcomes, lag, feeds, dead letters."""
