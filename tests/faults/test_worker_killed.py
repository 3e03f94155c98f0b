"""A worker dies between keeping a report and saying so. Under load, this is `tests/durability`."""

import http.client

import pytest

from tests.faults.conftest import settings_of
from tests.faults.faulty import TAKEN, FaultyPortal, report_id_of

pytestmark = pytest.mark.slow


class DyingPortal(FaultyPortal):
    application = ("tests.faults.dies_before_answering:application",)

    def __init__(self, directory, **settings):
        super().__init__(directory, **settings)
        self.fuse = self.directory / "die-once"
        self.environment["DIE_ONCE"] = str(self.fuse)


@pytest.fixture(params=["sqlite", "postgresql"])
def dying(request, tmp_path):
    with DyingPortal(tmp_path / "portal", **settings_of(request)) as running:
        yield running


def send_to_one_that_dies(portal, send):
    portal.fuse.touch()
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        send()
    assert not portal.fuse.exists()


def test_what_was_kept_before_the_answer_is_answered_the_second_time(dying):
    other = dying.report(dying.new_report())
    body = dying.new_report()
    workers = set(dying.pids())
    send_to_one_that_dies(dying, lambda: dying.report(body))
    assert report_id_of(body) in dying.kept()[0]
    again = dying.report(body)
    assert (again.status, again.json.keys()) == (TAKEN, other.json.keys())
    assert again.json == dying.report(body).json
    kept, _messages = dying.kept()
    assert kept[report_id_of(body)] == 1
    assert len(set(dying.pids()) & workers) < len(workers)

    message = dying.message()
    send_to_one_that_dies(dying, lambda: dying.send_message(message))
    assert dying.send_message(message).status == TAKEN
    assert dying.kept()[1] == 1
