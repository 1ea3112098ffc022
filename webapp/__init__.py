"""The pages: search, families, persons and their networks, behind a login."""
