"""`python -m tests.scan WAPITI`: scan a demo portal and print what was found; fails if any of it wants explaining."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from app.limits import BUDGETS
from tests.browser.live_portal import LivePortal

# All that look for weaknesses of the application itself: TLS is nginx's, and tested there. Two of them, log4shell and
# xxe, would hear of a weakness from a host of Wapiti's; where that is out of reach, they find only what answers show.
MODULES = (
    "backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,ldap,log4shell,methods,permanentxss,redirect,"
    "shellshock,sql,timesql,upload,xss,xxe"
)
SECONDS = 900
# What it lists besides weaknesses, and why that is meant.
EXPLAINED = {"HTTP Methods": "every address says by OPTIONS which methods it knows; the rest is answered 405 or 415"}


def scan(wapiti, directory):
    plenty = {f"limit_{budget}_{whose}": "1000000 per minute" for budget in BUDGETS for whose in ("all", "each")}
    found = directory / "found.json"
    with LivePortal(directory / "portal", **plenty) as portal:
        options = ["--flush-session", "--scope", "domain", "-m", MODULES, "-d", "4", "-f", "json", "-o", str(found)]
        options += ["--max-scan-time", str(SECONDS), "--max-attack-time", "60", "--no-bugreport", "-v", "0"]
        options += ["--store-session", str(directory / "session")]
        subprocess.run([wapiti, "-u", f"{portal.url}/", *options], check=True)
    return json.loads(found.read_text(encoding="utf-8"))


def main():
    with tempfile.TemporaryDirectory(prefix="onestop-scan-") as directory:
        report = scan(sys.argv[1], Path(directory))
    print(f"{report['infos']['crawled_pages_nbr']} addresses crawled")
    unexplained = 0
    for kind in ("vulnerabilities", "anomalies", "additionals"):
        for name, found in report[kind].items():
            for one in found if name not in EXPLAINED else ():
                unexplained += 1
                print(f"{name}: {one['method']} {one['path']}: {one['info']}")
    print(f"{unexplained} to explain")
    raise SystemExit(bool(unexplained))


main()
