"""Files that are there whole or not at all, and which of them is the newest backup."""

from contextlib import suppress

import pytest

from app.services import backup, whole_file


def test_no_backup_has_no_newest(tmp_path):
    assert backup.newest(tmp_path) is None


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    path = tmp_path / "whole"
    with suppress(RuntimeError), whole_file.whole_file(path) as file:
        file.write(b"half")
        assert not path.exists()
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    with whole_file.whole_file(path) as file:
        file.write(b"whole")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"whole"]
    with pytest.raises(FileExistsError), whole_file.whole_file(path):
        pass
    assert path.read_bytes() == b"whole"
