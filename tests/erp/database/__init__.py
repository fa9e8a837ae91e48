"""The database connector beside the one contract."""
