"""Nothing in the repository says on which machine it was made, or from where its packages came."""

import re

from tests.rules.tree import ROOT, files

FORBIDDEN = re.compile(
    r"(?<![\w.~<-])/(?:work|farm|root|home)/\w"
    r"|[\"']resolved[\"']:\s*[\"']http"
    r"|--(?:extra-)?index-url|--find-links|--trusted-host"
    r"|(?<![\w./])registry\s*="
    r"|https?://[^\s\"']*/(?:simple|packages)/"
)
# The first names the options in order to leave them out; the second is what others published, unchanged.
ALLOWED = {"tests/rules/test_tracked_files.py", "tests/web_platform/urltestdata.json"}
LEAVING_OUT = re.compile(r"--no-emit-(?:index-url|find-links|trusted-host)")


def telling(source):
    return FORBIDDEN.findall(LEAVING_OUT.sub("", source))


def test_a_path_or_host_would_be_seen():
    for line in (
        "cd /root/" + "onestop",
        "--index-url https://mirror.example/",
        '"resolved": "https://registry.example/x.tgz"',
        "registry=https://npm.example",
        "https://mirror.example/simple/flask",
        "/home/" + "someone/onestop",
    ):
        assert telling(line), line
    for line in ("POST /report/", "pip-compile --no-emit-index-url", "href=/home", "~/work/x", "a/root/b"):
        assert not telling(line), line


def test_no_file_tells_of_a_machine():
    found = []
    for name in files():
        try:
            source = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if name not in ALLOWED and telling(source):
            found.append(f"{name}: {telling(source)[0]}")
    assert found == []


def test_every_pinned_package_has_hashes():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        pinned = [number for number, line in enumerate(lines) if re.match(r"[a-z0-9]", line)]
        assert pinned
        assert [lines[number] for number in pinned if "==" not in lines[number]] == []
        assert [lines[number] for number in pinned if "--hash=sha256:" not in lines[number + 1]] == []


def test_every_lock_file_is_audited():
    locks = {
        name for name in files() if re.fullmatch(r"requirements[\w-]*\.txt|(.*/)?package-lock\.json|.*\.lock", name)
    }
    script = (ROOT / ".ci/audit").read_text(encoding="utf-8")
    assert locks == {"requirements.txt", "requirements-dev.txt", "package-lock.json"}
    assert [name for name in sorted(locks) if name not in script] == []
