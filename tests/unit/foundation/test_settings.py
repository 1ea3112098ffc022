"""Settings come from defaults and the environment, and from nowhere else."""

import pytest

from pei_graph.errors import SettingsError
from pei_graph.settings import Settings, connection_url, settings


def test_pages_stay_on_this_machine_by_default() -> None:
    """Without a word otherwise, pages are served to this machine alone."""
    assert Settings().host == "127.0.0.1"


def test_the_environment_overrides_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """PEI_<NAME> sets a setting, converted to its type; other variables do nothing."""
    monkeypatch.setenv("PEI_PORT", "9000")
    monkeypatch.setenv("PEI_TEMP_DIR", "/spill")
    monkeypatch.setenv("PORT", "1")
    chosen = Settings.from_environment()
    assert (chosen.port, str(chosen.temp_dir)) == (9000, "/spill")


@pytest.mark.parametrize(
    ("name", "value"), [("PEI_PORT", "70000"), ("PEI_THREADS", "0"), ("PEI_PORT", "many")]
)
def test_an_impossible_setting_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """A setting out of range or of another type is an error that names it, and not its value."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as error:
        Settings.from_environment()
    assert value not in str(error.value).split()


def test_settings_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process keeps the settings it began with."""
    settings.cache_clear()
    first = settings()
    monkeypatch.setenv("PEI_PORT", "9001")
    assert settings() is first


def test_a_database_url_is_read_from_the_variable_a_contract_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The URL, which may hold a password, stands in the environment; unset it is None."""
    monkeypatch.setenv("INVENTED_SYSTEM_URL", "sqlite:///invented.db")
    assert connection_url("INVENTED_SYSTEM_URL") == "sqlite:///invented.db"
    assert connection_url("INVENTED_OTHER_URL") is None
