"""A simulated day of the world's news, in virtual time: publishers that behave as publishers do."""
