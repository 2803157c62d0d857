"""Settings: one table, each with a reason, and no name that is silently ignored."""

from pathlib import Path

import pytest

from wirewatch.settings import PREFIX, Settings, SettingsError, load, why


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)


def test_every_setting_has_a_meaning_and_a_reason() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert why(name), name


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wirewatch.toml").write_text('workers = 2\nretention_days = 7\nprofile = "fast"\n')
    monkeypatch.setenv("WIREWATCH_RETENTION_DAYS", "8")
    monkeypatch.setenv("WIREWATCH_WORKERS", "3")
    force = load(workers=4)
    assert (force.workers, force.retention_days, force.profile) == (4, 8, "fast")


def test_an_unknown_name_in_the_environment_is_an_error_with_the_nearest_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREWATCH_WORKRES", "3")
    with pytest.raises(SettingsError, match=r"WIREWATCH_WORKRES.*did you mean WIREWATCH_WORKERS"):
        load()


def test_an_unknown_name_in_the_file_is_an_error_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "wirewatch.toml").write_text("wrokers = 2\n")
    with pytest.raises(SettingsError, match=r"wrokers.*did you mean workers"):
        load()


def test_a_bad_value_is_one_line_with_name_and_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREWATCH_WORKERS", "many")
    with pytest.raises(SettingsError, match=r"workers.*'many'") as caught:
        load()
    assert "\n" not in str(caught.value)


def test_signing_in_to_kafka_wants_a_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREWATCH_KAFKA_SECURITY", "SASL_SSL")
    with pytest.raises(SettingsError, match=r"kafka_user.*name the user"):
        load()
    monkeypatch.setenv("WIREWATCH_KAFKA_USER", "newsroom")
    assert load().kafka_mechanism == "SCRAM-SHA-512"


def test_a_file_of_certificates_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREWATCH_KAFKA_AUTHORITY", "nowhere.pem")
    with pytest.raises(SettingsError, match=r"kafka_authority.*no such file.*'nowhere\.pem'"):
        load()


def test_a_file_that_is_no_toml_is_told(tmp_path: Path) -> None:
    (tmp_path / "wirewatch.toml").write_text("workers = = 2\n")
    with pytest.raises(SettingsError, match=r"wirewatch\.toml cannot be read"):
        load()
