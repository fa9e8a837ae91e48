"""Several desks on one state."""
