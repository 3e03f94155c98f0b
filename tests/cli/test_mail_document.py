"""The commands by which docs/operations.md sets up mail do what they say: run as they stand, in another directory."""

import os
import re
import subprocess

from config import Settings
from tests.browser.live_portal import ROOT

PASSWORD = "a password of the tests"


def commands():
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    section = text[text.index("### The mail server") :]
    return re.search(r"```sh\n(.*?)```", section, re.DOTALL)[1]


def assigned(text):
    """The variables of an environment file, or of an `Environment=` line."""
    return dict(re.findall(r"(ONESTOP_\w+)=(\S+)", text))


def test_mail_is_set_up_by_copying(tmp_path):
    etc, programs = tmp_path / "etc", tmp_path / "bin"
    (etc / "onestop").mkdir(parents=True)
    programs.mkdir()
    (etc / "onestop" / "onestop.env").write_text("ONESTOP_LOG_LEVEL=INFO\n")
    stand_in = programs / "systemctl"
    stand_in.write_text(f'#!/bin/sh\necho "$@" >>{tmp_path}/asked\n')
    stand_in.chmod(0o755)
    ran = subprocess.run(
        ["bash", "-eu", "-c", commands().replace("/etc/", f"{etc}/")],
        input=PASSWORD + "\n",
        env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"},
        text=True,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    password = etc / "onestop" / "smtp-password"
    assert password.stat().st_mode & 0o777 == 0o600
    for_all = {"ONESTOP_SECRET_KEY": "s" * 64, **assigned((etc / "onestop" / "onestop.env").read_text())}
    assert Settings.from_env(for_all).smtp_host == "mail.example"
    drop_in = (etc / "systemd" / "system" / "onestop-tick.service.d" / "mail.conf").read_text()
    assert f"LoadCredential=smtp-password:{password}" in drop_in
    for_tick = assigned(drop_in.replace("%d/smtp-password", str(password)))
    sent_with = Settings.from_env(for_all | for_tick)
    assert (sent_with.smtp_user, sent_with.smtp_password, sent_with.smtp_tls) == ("portal", PASSWORD, "starttls")
    assert (tmp_path / "asked").read_text().splitlines() == ["daemon-reload", "restart onestop.service"]
