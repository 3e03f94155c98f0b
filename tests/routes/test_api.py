"""The directory over HTTP, as a browser verifies it."""

import pytest

from app.crypto.epoch_chain import verify_directory
from tests.databases import on_one


def test_what_is_served_verifies(client, make):
    centre = make.organisation()
    make.epoch(centre)
    make.organisation("police", "police")
    make.session.close()
    served = client.get("/api/v1/directory")
    assert served.status_code == 200
    assert [one["slug"] for one in verify_directory(served.json)["organisations"]] == ["centre", "police"]
    assert list(served.json["organisations"][0]) == [
        "slug", "kind", "name", "region", "kid", "public_key", "signing_key", "fingerprint", "chain",
        "earlier",
    ]  # fmt: skip


def test_what_changed_is_served_at_once(client, make):
    centre = make.organisation()
    make.session.commit()
    first = [client.get("/api/v1/directory").data for _time in range(2)]
    make.epoch(centre)
    make.session.commit()
    later = client.get("/api/v1/directory")
    assert first[0] == first[1] != later.data
    assert len(verify_directory(later.json)["organisations"][0]["chain"]) == 2


def test_before_the_set_up_there_is_none(client, database_url):
    assert client.get("/api/v1/directory").status_code == 404


@on_one
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client, make, method):
    make.portal()
    make.session.close()
    assert getattr(client, method)("/api/v1/directory").status_code == 405
