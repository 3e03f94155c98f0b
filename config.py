"""Every setting of the portal: read once from the environment, checked, never changed. docs/settings.md lists them."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final, Self
from urllib.parse import urlsplit

ROOT: Final = Path(__file__).resolve().parent
PREFIX: Final = "ONESTOP_"
SHORTEST_SECRET: Final = 32
# Each may be given as the name of a file instead: `ONESTOP_X_FILE`.
SECRETS: Final = ("secret_key", "metrics_token", "smtp_password")
SMTP_TLS: Final = ("starttls", "tls", "off")
PLAIN_FORM: Final = ("on", "off")
LONGEST_GRACE: Final = 30  # days
# What the law asks where sensitive data are worked on; the tables' own triggers refuse less.
LOG_YEARS: Final = (2, 20)
MOST_BACKUPS: Final = 1000
MOST_CONNECTIONS: Final = 64  # of one process
LONGEST_STATEMENT: Final = 50  # seconds; after sixty a worker that answers nothing is replaced
UNDER_14: Final = ("links_only", "help_lines", "open")  # as `app.domain.asking` has them
STRICT_TRANSPORT: Final = ("off", "on", "subdomains", "preload")
LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_ADDRESS: Final = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_CONTACT: Final = re.compile(r"(?:mailto:[^\s,@]+@[^\s,@]+|https://[^\s,]+|tel:\+?[0-9-]+)")
_ONE_LIMIT: Final = r"[1-9]\d* per (?:[1-9]\d* )?(?:second|minute|hour|day)"
_LIMIT: Final = re.compile(rf"{_ONE_LIMIT}(?:;{_ONE_LIMIT})*")


class SettingsError(ValueError):
    """A setting is missing or wrong. The message names the environment variable, and never quotes a secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the portal is told from outside. A field `x` is read from `ONESTOP_X`; only the secret has no default."""

    secret_key: str
    database_url: str = f"sqlite:///{ROOT / 'instance' / 'onestop.db'}"
    shred_url: str = ""
    database_pool: int = 8
    database_statement_timeout: int = 15
    backup_directory: str = ""
    backup_recipient: str = ""
    backups_kept: int = 14
    asset_cache: str = str(ROOT / "instance" / "assets")
    trusted_proxies: int = 0
    origins: tuple[str, ...] = ()
    strict_transport: str = "subdomains"
    security_contact: str = ""
    security_expires: str = ""
    portal_name_ko: str = "원스톱"
    portal_name_en: str = "Onestop"
    operator_ko: str = ""
    operator_en: str = ""
    privacy_officer_ko: str = ""
    privacy_officer_en: str = ""
    hosting_ko: str = ""
    hosting_en: str = ""
    processors_ko: str = ""
    processors_en: str = ""
    accessibility_contact_ko: str = ""
    accessibility_contact_en: str = ""
    policy_from: str = ""
    exit_url: str = "https://www.weather.go.kr/"
    under_14: str = "links_only"
    canary_organisation: str = ""
    plain_form: str = "on"
    epoch_grace_days: int = 3
    log_years: int = 2
    log_level: str = "INFO"
    metrics_token: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_tls: str = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    mail_from: str = ""
    limits_storage: str = "memory://"
    limit_page_all: str = "12000 per minute"
    limit_page_each: str = "1200 per minute"
    limit_report_all: str = "600 per minute"
    limit_report_each: str = "60 per minute"
    limit_report_proved: str = "1200 per minute"
    limit_draft_all: str = "300 per minute"
    limit_draft_each: str = "30 per minute"
    limit_draft_proved: str = "600 per minute"
    limit_follow_up_all: str = "2400 per minute"
    limit_follow_up_each: str = "240 per minute"
    limit_follow_up_proved: str = "2400 per minute"
    limit_plain_all: str = "240 per minute"
    limit_plain_each: str = "120 per minute"
    limit_stretch_all: str = "40 per minute"
    limit_stretch_each: str = "20 per minute"
    limit_sign_in_all: str = "240 per minute"
    limit_sign_in_each: str = "60 per minute"
    limit_staff_all: str = "24000 per minute"
    limit_staff_each: str = "6000 per minute"

    def __post_init__(self) -> None:
        """Refuse what would fail later, or weaken something in silence."""
        if len(self.secret_key) < SHORTEST_SECRET:
            msg = f"{PREFIX}SECRET_KEY must be at least {SHORTEST_SECRET} characters of randomness"
            raise SettingsError(msg)
        if self.metrics_token and len(self.metrics_token) < SHORTEST_SECRET:
            msg = f"{PREFIX}METRICS_TOKEN must be at least {SHORTEST_SECRET} characters of randomness, or not set"
            raise SettingsError(msg)
        if self.trusted_proxies < 0:
            msg = f"{PREFIX}TRUSTED_PROXIES must be 0 or more"
            raise SettingsError(msg)
        _check_words(self)
        if urlsplit(self.exit_url).scheme not in {"http", "https"}:
            msg = f"{PREFIX}EXIT_URL must be an http or https address"
            raise SettingsError(msg)
        for origin in self.origins:
            if not re.fullmatch(r"https?://[^/?#@]+", origin):
                msg = f"{PREFIX}ORIGINS must be origins such as https://portal.example, separated by commas"
                raise SettingsError(msg)
        for field in fields(self):
            if field.name.startswith("limit_") and not _LIMIT.fullmatch(getattr(self, field.name)):
                msg = f"{variable(field.name)} must read like '60 per minute' or '60 per minute;600 per hour'"
                raise SettingsError(msg)
        _check_numbers(self)
        _check_mail(self)
        _check_forms(self)

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Build the settings from environment variables. Raises SettingsError, which names the variable at fault."""
        known = {variable(field.name): field.name for field in fields(cls)}
        files = {file_variable(name): name for name in SECRETS}
        unknown = sorted(name for name in environ if name.startswith(PREFIX) and name not in {*known, *files})
        if unknown:
            msg = f"No such setting: {', '.join(unknown)} (docs/settings.md lists them all)"
            raise SettingsError(msg)
        values: dict[str, object] = {name: environ[env] for env, name in known.items() if env in environ}
        for named, secret in files.items():
            if named in environ:
                values[secret] = _secret_from(named, environ[named], twice=secret in values)
        if "secret_key" not in values:
            msg = f"{PREFIX}SECRET_KEY or {PREFIX}SECRET_KEY_FILE must be set: it has no default (docs/settings.md)"
            raise SettingsError(msg)
        for number in (field.name for field in fields(cls) if field.type is int):
            if number in values:
                values[number] = _whole_number(variable(number), str(values[number]))
        if "origins" in values:
            values["origins"] = tuple(part.strip() for part in str(values["origins"]).split(",") if part.strip())
        return cls(**values)  # type: ignore[arg-type]  # every value is a string or was converted above


def variable(field_name: str) -> str:
    """Name the environment variable of a field."""
    return PREFIX + field_name.upper()


def file_variable(field_name: str) -> str:
    """Name the environment variable that names a secret's file."""
    return variable(field_name) + "_FILE"


def default_of(field_name: str) -> object:
    """Give a field's default, or None where there is none."""
    default = Settings.__dataclass_fields__[field_name].default
    return None if default is MISSING else default


def _check_words(settings: Settings) -> None:
    for name, known in (
        ("log_level", LOG_LEVELS),
        ("under_14", UNDER_14),
        ("strict_transport", STRICT_TRANSPORT),
        ("plain_form", PLAIN_FORM),
    ):
        if getattr(settings, name) not in known:
            msg = f"{variable(name)} must be one of {', '.join(known)}"
            raise SettingsError(msg)


def _check_numbers(settings: Settings) -> None:
    for name, least, most, of in (
        ("database_pool", 1, MOST_CONNECTIONS, ""),
        ("database_statement_timeout", 1, LONGEST_STATEMENT, " seconds"),
        ("epoch_grace_days", 0, LONGEST_GRACE, " days"),
        ("log_years", *LOG_YEARS, " years"),
        ("backups_kept", 1, MOST_BACKUPS, ""),
    ):
        if not least <= getattr(settings, name) <= most:
            msg = f"{variable(name)} must be {least} to {most}{of}"
            raise SettingsError(msg)


def _check_forms(settings: Settings) -> None:
    for day in ("policy_from", "security_expires"):
        if getattr(settings, day) and not _is_day(getattr(settings, day)):
            msg = f"{variable(day)} must be a day such as 2027-06-30, or not set"
            raise SettingsError(msg)
    for contact in filter(None, settings.security_contact.split(",")):
        if not _CONTACT.fullmatch(contact.strip()):
            msg = f"{PREFIX}SECURITY_CONTACT must be mailto:…, https://… or tel:…; several are separated by commas"
            raise SettingsError(msg)


def _check_mail(settings: Settings) -> None:
    if settings.smtp_tls not in SMTP_TLS:
        msg = f"{PREFIX}SMTP_TLS must be one of {', '.join(SMTP_TLS)}"
        raise SettingsError(msg)
    if not 1 <= settings.smtp_port < 2**16:
        msg = f"{PREFIX}SMTP_PORT must be a port"
        raise SettingsError(msg)
    if settings.smtp_host and not _ADDRESS.fullmatch(settings.mail_from):
        msg = f"{PREFIX}MAIL_FROM must be the address that mail comes from, since {PREFIX}SMTP_HOST is set"
        raise SettingsError(msg)
    if bool(settings.smtp_user) != bool(settings.smtp_password):
        msg = f"{PREFIX}SMTP_USER and {PREFIX}SMTP_PASSWORD (or {PREFIX}SMTP_PASSWORD_FILE) belong together"
        raise SettingsError(msg)
    if settings.smtp_user and settings.smtp_tls == "off":
        msg = f"{PREFIX}SMTP_TLS must not be off where there is a password: anybody on the way could read it"
        raise SettingsError(msg)


def _secret_from(name: str, path: str, *, twice: bool) -> str:
    if twice:
        msg = f"Set either {name.removesuffix('_FILE')} or {name}, not both"
        raise SettingsError(msg)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{name} cannot be read: {type(error).__name__}"
        raise SettingsError(msg) from None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _whole_number(name: str, text: str) -> int:
    if not re.fullmatch(r"\d{1,5}", text, re.ASCII):
        msg = f"{name} must be a whole number"
        raise SettingsError(msg)
    return int(text)
