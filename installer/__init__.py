"""Set-up, tests and builds: all that turns a checkout into a running program. Standard library only."""
