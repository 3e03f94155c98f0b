"""Settings come from the environment whole and checked, or not at all."""

import ast
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

import config
from config import Settings, SettingsError

SECRET = "s" * 32


def from_env(**environ):
    return Settings.from_env({"ONESTOP_SECRET_KEY": SECRET, **environ})


def test_a_secret_is_all_that_is_needed():
    settings = from_env()
    assert settings.secret_key == SECRET
    assert settings.database_url.startswith("sqlite:///")
    assert (settings.trusted_proxies, settings.origins) == (0, ())


def test_other_variables_are_none_of_our_business():
    assert Settings.from_env({"ONESTOP_SECRET_KEY": SECRET, "PATH": "/bin", "PORT": "8000"}).log_level == "INFO"


def test_without_a_secret_there_is_no_start():
    with pytest.raises(SettingsError, match="ONESTOP_SECRET_KEY or ONESTOP_SECRET_KEY_FILE must be set"):
        Settings.from_env({})
    with pytest.raises(TypeError):
        Settings()


def test_a_short_secret_is_refused_without_quoting_it():
    with pytest.raises(SettingsError, match="at least 32") as refused:
        Settings.from_env({"ONESTOP_SECRET_KEY": "hunter2"})
    assert "hunter2" not in str(refused.value)


def test_the_secret_may_lie_in_a_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text(SECRET + "\n", encoding="utf-8")
    assert Settings.from_env({"ONESTOP_SECRET_KEY_FILE": str(path)}).secret_key == SECRET
    with pytest.raises(SettingsError, match="not both"):
        from_env(ONESTOP_SECRET_KEY_FILE=str(path))
    with pytest.raises(SettingsError, match="ONESTOP_SECRET_KEY_FILE cannot be read"):
        Settings.from_env({"ONESTOP_SECRET_KEY_FILE": str(tmp_path / "nowhere")})


def test_so_may_every_other_secret(tmp_path):
    path = tmp_path / "token"
    path.write_text("t" * 32, encoding="utf-8")
    assert from_env().metrics_token == ""
    assert from_env(ONESTOP_METRICS_TOKEN_FILE=str(path)).metrics_token == "t" * 32
    with pytest.raises(SettingsError, match="ONESTOP_METRICS_TOKEN or ONESTOP_METRICS_TOKEN_FILE, not both"):
        from_env(ONESTOP_METRICS_TOKEN="t" * 32, ONESTOP_METRICS_TOKEN_FILE=str(path))


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ONESTOP_METRICS_TOKEN", "short"),
        ("ONESTOP_TRUSTED_PROXIES", "-1"),
        ("ONESTOP_TRUSTED_PROXIES", "two"),
        ("ONESTOP_TRUSTED_PROXIES", "٢"),
        ("ONESTOP_LOG_LEVEL", "CHATTY"),
        ("ONESTOP_UNDER_14", "anything"),
        ("ONESTOP_STRICT_TRANSPORT", "yes"),
        ("ONESTOP_SECURITY_CONTACT", "security@portal.example"),
        ("ONESTOP_SECURITY_CONTACT", "mailto:a@portal.example\nExpires: never"),
        ("ONESTOP_SECURITY_EXPIRES", "next year"),
        ("ONESTOP_EXIT_URL", "javascript:alert(1)"),
        ("ONESTOP_EXIT_URL", "//weather"),
        ("ONESTOP_ORIGINS", "https://portal.example/"),
        ("ONESTOP_ORIGINS", "portal.example"),
        ("ONESTOP_LIMIT_REPORT_ALL", "many"),
        ("ONESTOP_LIMIT_REPORT_EACH", "0 per minute"),
        ("ONESTOP_LIMIT_PAGE_EACH", "60 per minute;"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(variable, value):
    with pytest.raises(SettingsError, match=variable):
        from_env(**{variable: value})


def test_a_mistyped_variable_is_refused():
    with pytest.raises(SettingsError, match="ONESTOP_OPERATER_KO"):
        from_env(ONESTOP_OPERATER_KO="…")


def test_lists_and_numbers_are_read():
    settings = from_env(
        ONESTOP_ORIGINS="https://a.example, http://b.onion:8080,",
        ONESTOP_TRUSTED_PROXIES="2",
        ONESTOP_LIMIT_REPORT_EACH="60 per minute;600 per 2 hour",
    )
    assert settings.origins == ("https://a.example", "http://b.onion:8080")
    assert settings.trusted_proxies == 2
    assert settings.limit_report_each == "60 per minute;600 per 2 hour"


def test_settings_do_not_change():
    with pytest.raises(FrozenInstanceError):
        from_env().secret_key = "other"


def test_only_the_standard_library_is_imported():
    tree = ast.parse(Path(config.__file__).read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


MAIL = {"ONESTOP_SMTP_HOST": "mail.example", "ONESTOP_MAIL_FROM": "portal@portal.example"}


def test_mail_is_off_until_it_is_set_up(tmp_path):
    assert from_env().smtp_host == ""
    set_up = from_env(**MAIL, ONESTOP_SMTP_PORT="465", ONESTOP_SMTP_TLS="tls")
    assert (set_up.smtp_host, set_up.smtp_port, set_up.smtp_tls) == ("mail.example", 465, "tls")
    path = tmp_path / "password"
    path.write_text("hunter2\n", encoding="utf-8")
    assert from_env(**MAIL, ONESTOP_SMTP_USER="u", ONESTOP_SMTP_PASSWORD_FILE=str(path)).smtp_password == "hunter2"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"ONESTOP_MAIL_FROM": ""}, "MAIL_FROM"),
        ({"ONESTOP_MAIL_FROM": "Portal <portal@portal.example>"}, "MAIL_FROM"),
        ({"ONESTOP_MAIL_FROM": "portal@portal.example\nBcc: x@x.example"}, "MAIL_FROM"),
        ({"ONESTOP_SMTP_TLS": "maybe"}, "SMTP_TLS"),
        ({"ONESTOP_SMTP_PORT": "0"}, "SMTP_PORT"),
        ({"ONESTOP_SMTP_PORT": "65536"}, "SMTP_PORT"),
        ({"ONESTOP_SMTP_PORT": "smtp"}, "SMTP_PORT"),
        ({"ONESTOP_SMTP_USER": "u"}, "SMTP_USER"),
        ({"ONESTOP_SMTP_PASSWORD": "hunter2"}, "SMTP_USER"),
        ({"ONESTOP_SMTP_USER": "u", "ONESTOP_SMTP_PASSWORD": "hunter2", "ONESTOP_SMTP_TLS": "off"}, "SMTP_TLS"),
    ],
)
def test_mail_that_could_not_work_or_would_be_read_is_refused(changes, named):
    with pytest.raises(SettingsError, match=f"ONESTOP_{named}") as refused:
        from_env(**MAIL | changes)
    assert "hunter2" not in str(refused.value)
