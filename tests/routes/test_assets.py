"""Static files: an address for each release, integrity, compression made ahead, and old addresses answered."""

import gzip
import hashlib
import re
from base64 import b64encode
from pathlib import Path

import brotli
import pytest
from flask import Flask

from app import assets
from app.assets import UnknownAssetError, read_assets

JS = {
    "js/pages/start.js": (
        'import { a } from "../domain/a.js";\nimport "./side.js";\nconst later = () => import("../domain/late.js");\n'
    ),
    "js/pages/side.js": "export const side = 1;\n",
    "js/domain/a.js": (
        'import {\n  b,\n  c as d,\n} from "./b.js";\nexport * from "./c.js";\nexport function from() {}\n'
    ),
    "js/domain/b.js": '/** @typedef {import("./types.js").T} T */\nexport const b = "from";\n',
    "js/domain/c.js": "export const c = 1;\n",
    "js/domain/late.js": "export const late = 1;\n",
    "js/domain/types.js": "export {};\n",
}


@pytest.fixture
def tree(tmp_path):
    folder = tmp_path / "static"
    for name, text in {**JS, "css/page.css": "p { color: red }\n" * 200, ".hidden": "x"}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def served(tree, tmp_path):
    app = Flask("served", static_folder=None)
    app.add_url_rule("/", "home", lambda: "home")
    found = assets.init_app(app, tree, tmp_path / "cache")
    return app, app.test_client(), found


def at(served, path, **headers):
    answer = served[1].get(path, headers=headers)
    answer.get_data()
    answer.close()
    return answer


def url(served, path):
    with served[0].test_request_context("/"):
        return served[2].url(path)


def test_the_release_follows_the_content_and_the_names(tree, tmp_path):
    first = read_assets(tree, tmp_path / "cache").release
    assert read_assets(tree, tmp_path / "cache").release == first
    (tree / "css/page.css").write_text("p { color: blue }", encoding="utf-8")
    second = read_assets(tree, tmp_path / "cache").release
    (tree / "css/page.css").rename(tree / "css/other.css")
    third = read_assets(tree, tmp_path / "cache").release
    assert len({first, second, third}) == 3


def test_a_file_is_cached_for_good_under_its_release(served):
    answer = at(served, url(served, "css/page.css"))
    assert (answer.status_code, answer.mimetype) == (200, "text/css")
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.get_data().startswith(b"p { color: red }")
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_very_first_visit_is_compressed(served):
    plain = at(served, url(served, "css/page.css")).get_data()
    best = at(served, url(served, "css/page.css"), **{"Accept-Encoding": "gzip, deflate, br"})
    assert (best.headers["Content-Encoding"], brotli.decompress(best.get_data())) == ("br", plain)
    other = at(served, url(served, "css/page.css"), **{"Accept-Encoding": "gzip"})
    assert (other.headers["Content-Encoding"], gzip.decompress(other.get_data())) == ("gzip", plain)
    assert "Accept-Encoding" in best.headers["Vary"]
    assert len(best.get_data()) < len(plain) / 10


def test_a_script_is_served_line_by_line_without_its_comments(served, tree):
    lines = at(served, url(served, "js/domain/b.js")).get_data().decode().split("\n")
    assert lines == ["", 'export const b = "from";', ""]
    assert len(lines) == len((tree / "js/domain/b.js").read_text("utf-8").split("\n"))


def test_an_older_address_gets_todays_file_and_is_not_cached(served):
    path = url(served, "css/page.css").replace(served[2].release, "0" * 16)
    answer = at(served, path, **{"Accept-Encoding": "br"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
    assert brotli.decompress(answer.get_data()).startswith(b"p { color: red }")


@pytest.mark.parametrize(
    "path",
    [
        "/static/{release}/css/none.css",
        "/static/{release}/css/page.css.br",
        "/static/{release}/.hidden",
        "/static/{release}/../wsgi.py",
        "/static/{release}/css/../../wsgi.py",
        "/static/css/page.css",
        "/static/0000000000000000/none.css",
        "/static/{release}/",
    ],
)
def test_nothing_else_is_served(served, path):
    assert at(served, path.format(release=served[2].release)).status_code == 404


def test_what_is_served_does_not_change_under_a_running_portal(served, tree):
    (tree / "css/page.css").write_text("p { color: blue }", encoding="utf-8")
    assert at(served, url(served, "css/page.css")).get_data().startswith(b"p { color: red }")


def test_a_file_that_is_not_there_stops_the_page(served):
    with pytest.raises(UnknownAssetError), served[0].test_request_context("/"):
        served[2].url("css/none.css")
    with pytest.raises(UnknownAssetError), served[0].test_request_context("/"):
        served[2].module_links("pages/none.js")


def test_all_that_a_module_imports_at_once_is_preloaded_and_nothing_later(served):
    with served[0].test_request_context("/"):
        links = str(served[2].module_links("pages/start.js"))
    preloaded = re.findall(r'<link rel="modulepreload" href="/static/\w+/([^"]+)"', links)
    assert preloaded == ["js/domain/a.js", "js/pages/side.js", "js/domain/b.js", "js/domain/c.js"]
    assert re.findall(r'<script type="module" src="/static/\w+/([^"]+)"', links) == ["js/pages/start.js"]


def test_what_a_module_imports_soon_is_preloaded_behind_it(served):
    with served[0].test_request_context("/"):
        links = str(served[2].module_links("pages/start.js", soon="domain/late.js"))
    behind = re.findall(r'href="/static/\w+/([^"]+)" integrity="[^"]+" crossorigin fetchpriority="low">', links)
    assert behind == ["js/domain/late.js"]
    assert links.count("modulepreload") == 5
    with served[0].test_request_context("/"):
        twice = str(served[2].module_links("pages/start.js", soon="domain/a.js"))
    assert 'fetchpriority="low"' not in twice  # it is imported at once anyway


def test_what_comes_later_is_listed_with_all_that_it_takes_and_once(served, tree, tmp_path):
    (tree / "js/domain/late.js").write_text(
        'import "./types.js";\nimport "./b.js";\nimport "../../vendor/x.js";\n', "utf-8"
    )
    (tree / "js/pages/last.js").write_text('import "../domain/late.js";\nimport "./side.js";\n', "utf-8")
    (tree / "vendor").mkdir()
    (tree / "vendor/x.js").write_text("export {};\n", "utf-8")
    found = read_assets(tree, tmp_path / "cache")
    lists = found.later("pages/start.js", "domain/late.js", "pages/last.js", "domain/types.js")
    assert [[name for name, _integrity in group] for group in lists] == [
        ["domain/late.js", "domain/types.js", "../vendor/x.js"],
        ["pages/last.js"],
        ["domain/types.js"],  # what begins a list is in it, wherever it was before: it is looked for by that
    ]
    assert lists[0][0] == ("domain/late.js", found.integrity("js/domain/late.js"))
    with pytest.raises(UnknownAssetError):
        served[2].later("pages/start.js", "pages/none.js")


def test_every_module_carries_the_integrity_of_what_is_served(served):
    with served[0].test_request_context("/"):
        links = str(served[2].module_links("pages/start.js", "pages/side.js"))
    pairs = re.findall(r'(?:href|src)="/static/\w+/([^"]+)" integrity="([^"]+)" crossorigin', links)
    assert len(pairs) == 5
    for name, integrity in pairs:
        digest = hashlib.sha256(at(served, url(served, name)).get_data()).digest()
        assert integrity == "sha256-" + b64encode(digest).decode()
    assert len({name for name, _ in pairs}) == len(pairs)


def test_copies_are_made_once_and_only_for_what_changed(tree, tmp_path, monkeypatch):
    read_assets(tree, tmp_path / "cache")
    compressed = []
    monkeypatch.setattr(assets.Compressor, "compress", lambda _self, path: compressed.append(Path(path).name))
    read_assets(tree, tmp_path / "cache")
    assert compressed == []
    (tree / "css/page.css").write_text("p { color: blue }", encoding="utf-8")
    read_assets(tree, tmp_path / "cache")
    assert compressed == ["page.css"]


def test_two_files_with_one_content_are_both_served(tree, tmp_path):
    (tree / "css/twin.css").write_bytes((tree / "css/page.css").read_bytes())
    copies = read_assets(tree, tmp_path / "cache").copies
    for name in ("css/page.css", "css/twin.css"):
        assert copies[name].read_bytes() == (tree / name).read_bytes()
        assert Path(f"{copies[name]}.br").is_file()


def test_a_cache_that_cannot_be_written_is_replaced(tree, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("a file where the cache should be", encoding="utf-8")
    copies = read_assets(tree, taken).copies
    assert copies["css/page.css"].read_bytes() == (tree / "css/page.css").read_bytes()
    assert taken not in copies["css/page.css"].parents


def test_a_page_of_the_portal_links_only_files_that_are_there(client):
    for path in re.findall(r"/static/[^\"]+", client.get("/").text):
        answer = client.get(path, headers={"Accept-Encoding": "br"})
        answer.close()
        assert answer.status_code == 200, path
