"""The page and the list of code: what is listed is what is served, and one number stands for all of it."""

import hashlib
import re

from app.code_list import read_code
from tests.databases import on_one
from tests.rules.tree import ROOT


@on_one
def test_the_list_has_the_hash_of_what_is_served(client):
    listed = client.get("/code.json").get_json()
    for name in ("js/pages/report.js", "vendor/hpke.js", "css/onestop.css", "icon.svg", "js/workers/proof.js"):
        answer = client.get(f"/static/{listed['release']}/{name}")
        assert hashlib.sha256(answer.get_data()).hexdigest() == listed["reporter"][name]
        answer.close()
    assert "js/pages/queue.js" in listed["staff"]
    assert not listed["staff"].keys() & listed["reporter"].keys()


@on_one
def test_the_number_is_that_of_sha256sum_over_all_files(client):
    listed = client.get("/code.json").get_json()
    files = {**listed["reporter"], **listed["staff"]}
    lines = "".join(f"{files[name]}  {name}\n" for name in sorted(files))
    assert hashlib.sha256(lines.encode()).hexdigest() == listed["sum"]
    for path in ("/code", "/en/code"):
        shown = re.search(r'id="sum">(.*?)</dd>', client.get(path).text)[1]
        assert re.sub(r"<[^>]+>|\s", "", shown) == listed["sum"]


@on_one
def test_it_is_the_list_of_the_source_and_follows_it(client, tmp_path):
    assert client.get("/code.json").text == read_code(ROOT).text()
    (tmp_path / "static").symlink_to(ROOT / "static")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "9"\n', encoding="utf-8")
    other = read_code(tmp_path)
    assert (other.version, other.sum) == ("9", read_code(ROOT).sum)


@on_one
def test_one_leads_there_from_what_the_server_sees(client):
    assert 'href="/code"' in client.get("/privacy").text
    assert 'href="/en/code"' in client.get("/en/privacy").text
    assert client.get("/code").text.count("<li>") > read_code(ROOT).reporter.__len__()
