"""The state in a PostgreSQL that several desks share; see `resources/desks.md`."""
