"""What was coded of an archive: read, asked in a database, or a part of it."""
