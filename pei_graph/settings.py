"""The only reader of the environment.

Every setting has a default that suits one council on one machine; each can be set by an
environment variable ``PEI_<NAME>``. Nothing else in the product looks at the environment.
"""

import os
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pei_graph.errors import SettingsError


class Settings(BaseModel):
    """How the product uses the machine and serves pages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    memory_limit: str = Field("3GB", description="Most memory DuckDB may use.")
    threads: int = Field(default_factory=lambda: os.cpu_count() or 2, ge=1)
    graph_buffer_mb: int = Field(1024, ge=64, description="Ladybug's buffer pool, MiB.")
    council: str = Field("Invented Council", description="Whose pages these are.")
    host: str = Field("127.0.0.1", description="Address the pages are served on.")
    port: int = Field(8765, ge=1, le=65535)
    secret_key: str = Field("", description="Signs sessions; made per workspace when empty.")
    secret_key_file: Path | None = Field(None, description="Holds the secret key instead.")
    trusted_proxy: str = Field("", description="Whose word on who asks counts; * is anybody's.")
    query_timeout_s: int = Field(20, ge=1, description="Longest a page's graph query may take.")
    graph_url: str = Field("", description="Neo4j server with the graph; a file if empty.")
    graph_user: str = Field("neo4j", description="Name by which the server knows the product.")
    graph_password_file: Path | None = Field(None, description="File with the password.")
    graph_database: str = Field("neo4j", description="The server's database.")
    graph_certificate: Path | None = Field(None, description="The server's own authority, PEM.")
    temp_dir: Path | None = Field(None, description="Where DuckDB spills; the workspace if unset.")

    linker: Literal["duckdb", "spark"] = Field("duckdb", description="What scores the pairs.")
    spark_master: str = Field("", description="Spark's address; this machine if empty.")
    spark_folder: str = Field("", description="What this machine and every worker see.")
    spark_conf_file: Path | None = Field(None, description="What Spark is told besides.")

    ledger_url: str = Field("", description="The ledger's database; a file if empty. No password.")
    ledger_password_file: Path | None = Field(None, description="Read at each new connection.")

    @classmethod
    def from_environment(cls) -> Self:
        """Return settings with every ``PEI_*`` variable applied.

        Raises ``SettingsError`` naming the first that is wrong, without its value.
        """
        given = {
            name: os.environ[f"PEI_{name.upper()}"]
            for name in cls.model_fields
            if f"PEI_{name.upper()}" in os.environ
        }
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            wrong = error.errors(include_input=False)[0]
            raise SettingsError(
                f"PEI_{'_'.join(map(str, wrong['loc'])).upper()} has a value it cannot have",
                do=f"{wrong['msg']}; change it, or leave it unset",
            ) from None

    def with_linker(self, linker: str) -> Self:
        """Return the same settings, by which ``linker`` scores the pairs."""
        return self.model_validate({**self.model_dump(), "linker": linker})


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings.from_environment()


def connection_url(variable: str) -> str | None:
    """Return the database URL held in an environment variable a contract names, if it is set.

    URLs hold passwords, so contracts name a variable and never hold the URL itself.
    """
    return os.environ.get(variable)
