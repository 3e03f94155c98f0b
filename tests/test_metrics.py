"""The figures of several workers, whatever a killed one left."""

from datetime import date

from app.metrics import exposition


def test_a_worker_killed_as_it_began_spoils_no_figures(tmp_path, monkeypatch):
    (tmp_path / "counter_1.db").touch()  # made, and not yet given its size
    (tmp_path / "counter_2.db").write_bytes(bytes(1 << 16))  # given its size, and nothing counted
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    shown = exposition(ready=True, waiting=(), today=date(2026, 11, 22))
    assert b"onestop_ready 1.0" in shown
