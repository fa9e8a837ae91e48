"""Three desks of one shop, as real processes on a real PostgreSQL, whose leader is killed, frozen, cut off."""
