"""Whom a reporter can choose: those who help, and no group that would only read of links."""

from tests.databases import on_one


@on_one
def test_monitoring_groups_are_offered_to_no_reporter(session, make, client):
    make.organisation("centre")
    make.organisation("watchers", "monitor")
    session.commit()
    for path in ("/en/report", "/en/follow-up"):
        assert "watchers" not in client.get(path).text
    assert "The centre" in client.get("/en/report").text
    listed = client.get("/api/v1/directory").json["organisations"]
    assert {one["slug"] for one in listed} == {"centre", "watchers"}  # it has keys, and its people sign in
