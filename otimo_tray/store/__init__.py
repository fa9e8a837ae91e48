"""What this PC remembers: schema, migrations, repositories (SQLAlchemy Core; SQLite by default)."""
