"""The running process: settings, wiring, clock, heartbeat, delivery, command line."""
