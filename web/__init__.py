"""The face of an installation over HTTP: an API for programs. Knows the two ports, not how they are opened."""
