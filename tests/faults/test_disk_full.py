"""The disk under the database is full."""

import pytest

from tests.faults.faulty import TAKEN, all_stand, report_id_of, says_nothing_of, staff_can_read

pytestmark = pytest.mark.slow


def test_a_full_disk_refuses_for_a_moment_and_takes_the_same_bytes_when_there_is_room(cramped):
    before, _messages = cramped.kept()
    assert cramped.report(cramped.new_report()).status == TAKEN
    cramped.place.fill()
    bodies = [cramped.new_report() for _number in range(40)]
    answers = [cramped.report(body) for body in bodies]
    refused = [body for body, answer in zip(bodies, answers, strict=True) if answer.status != TAKEN]
    # A file that a database had grown before is still written to; then there is no more.
    assert refused
    assert all(answer.asks_for_a_moment for answer in answers if answer.status != TAKEN)
    message = cramped.message()
    while (told := cramped.send_message(message)).status == TAKEN:
        message = cramped.message()
    assert told.asks_for_a_moment
    assert all_stand(cramped)
    assert staff_can_read(cramped)
    assert cramped.follow_up().status == 200

    taken = [body for body in bodies if body not in refused]
    kept, messages = cramped.kept()
    assert set(map(report_id_of, taken)) < set(kept)
    assert not set(map(report_id_of, refused)) & set(kept)
    assert set(kept.values()) == {1}

    cramped.place.empty()
    assert [cramped.report(body).status for body in refused] == [TAKEN] * len(refused)
    assert cramped.send_message(message).status == TAKEN
    kept, after = cramped.kept()
    assert set(map(report_id_of, bodies)) | set(before) < set(kept)
    assert (set(kept.values()), after) == ({1}, messages + 1)
    assert "SQLITE_FULL" in cramped.said() or "DiskFull" in cramped.said()
    assert says_nothing_of(cramped, *bodies)
