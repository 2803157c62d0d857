"""What assembles wirewatch out of its rooms: the stages' services, the installation, the poller, the sandbox."""
