"""What assembles the rooms: settings, the list of stages, the runtimes and the command line."""
