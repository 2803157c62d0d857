"""An installation over HTTP: an API for programs, pages for people. Knows the two ports, not how they are opened."""
