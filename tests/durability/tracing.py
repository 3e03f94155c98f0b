"""What processes ask of the kernel, in one order: whether the log was on the disk before an answer left."""

import re
import shutil
import signal
import subprocess

CALLS = "recvfrom,sendto,pwrite64,pwritev,write,writev,fsync,fdatasync"
LINE = re.compile(r"^(?P<pid>\d+) +(?P<rest>.*)$")
RESUMED = re.compile(r"^<\.\.\. \w+ resumed>(?P<rest>.*)$")
UNFINISHED = " <unfinished ...>"


class Trace:
    """Follows processes, and whatever they start, until it is left. Then `reports(log)` tells of each report."""

    def __init__(self, pids, file):
        self.pids, self.file = pids, file

    def __enter__(self):
        program = shutil.which("strace")
        assert program, "strace is missing: it comes with Debian's package of that name (.ci/debian)"
        chosen = [part for pid in self.pids for part in ("-p", str(pid))]
        command = [program, "-f", "-y", "-s", "24", "-e", f"trace={CALLS}", "-e", "signal=none", "-o", str(self.file)]
        self.process = subprocess.Popen([*command, *chosen], stderr=subprocess.PIPE, text=True)
        for _pid in self.pids:
            told = self.process.stderr.readline()
            if " attached" not in told and "No such process" not in told:  # one that ended meanwhile
                self.process.kill()
                self.process.wait()
                self.process.stderr.close()
                message = f"strace may not look at the portal's processes here (ptrace must be permitted): {told!r}"
                raise AssertionError(message)
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)  # lets go of all, which run on
        self.process.communicate(timeout=60)

    def reports(self, log):
        """For each acknowledged report in turn: whether the log, a part of a path, was written and synced before.

        Only true for reports that came one after another.
        """
        return [synced(between, log) for between in _windows(events(self.file.read_text(encoding="utf-8")))]


def events(trace):
    """(pid, call as text) in order. What sends counts when it begins, everything else when it has ended."""
    begun = {}
    for line in trace.splitlines():
        found = LINE.match(line)
        if not found:
            continue
        pid, rest = found["pid"], found["rest"]
        resumed = RESUMED.match(rest)
        if resumed:
            rest = begun.pop(pid, "") + resumed["rest"]
            if not rest.startswith("sendto("):
                yield pid, rest
        elif rest.endswith(UNFINISHED):
            begun[pid] = rest.removesuffix(UNFINISHED)
            if rest.startswith("sendto("):
                yield pid, rest
        else:
            yield pid, rest


def _windows(all_events):
    """What was done from the reading of each report to its 201."""
    window = None
    for pid, call in all_events:
        if call.startswith("recvfrom(") and '"POST /report ' in call:
            window = []
        elif call.startswith("sendto(") and '"HTTP/1.1 201 ' in call and window is not None:
            yield window
            window = None
        elif window is not None:
            window.append((pid, call))


def synced(window, log):
    """Whether some process wrote to the log, and a sync of it succeeded after the last that this process wrote."""
    last_writes, last_sync = {}, -1
    for place, (pid, call) in enumerate(window):
        if not re.match(rf"\w+\(\d+<[^>]*{re.escape(log)}[^>]*>", call):
            continue
        if call.startswith(("fsync(", "fdatasync(")):
            if call.endswith("= 0"):
                last_sync = place
        elif "write" in call.partition("(")[0]:
            last_writes[pid] = place
    return any(place < last_sync for place in last_writes.values())
