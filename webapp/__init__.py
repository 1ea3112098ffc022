"""The pages: search, families, persons and their networks, behind a login."""

from webapp.app import create_app
from webapp.server import serve

__all__ = ["create_app", "serve"]
