"""The same headers on every answer: pages, JSON, static files, errors, redirects, and what is not there."""

import pytest

from app.headers import (
    ALWAYS,
    CONTENT_SECURITY_POLICY,
    FEATURES_WITH_CAMERA,
    NO_FEATURES,
    OF_A_FILE,
    OF_A_WORKER,
    POLICY_WITH_WORKER,
    STRICT_TRANSPORT,
    SecurityHeaders,
    headers_for,
)
from tests.databases import on_postgresql

ADDRESSES = [
    "/",
    "/en/",
    "/report",
    "/report/plain",
    "/report/plain/write",
    "/report/plain/check",
    "/follow-up",
    "/follow-up/plain",
    "/help",
    "/privacy",
    "/privacy/policy",
    "/rights",
    "/notices",
    "/code",
    "/code.json",
    "/.well-known/security.txt",
    "/sign-in",
    "/invitation",
    "/recovery",
    "/en/recovery",
    "/recovery/begin",
    "/keys",
    "/queue",
    "/referral/AAAAAAAAAAAAAAAAAAAAAA",
    "/x",
    "/n",
    "/healthz",
    "/metrics",
    "/readyz",
    "/api/v1/directory",
    "/not-there",
    "/static/not-there.js",
]
LOOSENING = ("unsafe", "data:", "blob:", "http:", "https:", "*", "strict-dynamic", "nonce-")


# The pages from which a reporter sends may start one worker, through one named policy. Nothing else may.
WITH_WORKER = {"/report", "/follow-up"}


# The page on which a lead's own device reads the square of a recovery sheet. No page for reporters has a camera.
WITH_CAMERA = {"/recovery", "/en/recovery"}


def lacking(headers, policy=CONTENT_SECURITY_POLICY, always=ALWAYS, features=NO_FEATURES):
    chosen = {"Content-Security-Policy": policy, "Permissions-Policy": features}
    wanted = {**dict(always), **(chosen if always is ALWAYS else {})}
    return [name for name, value in wanted.items() if headers.get(name) != value]


def test_a_missing_header_would_be_seen():
    headers = dict(ALWAYS)
    headers.pop("Referrer-Policy")
    assert lacking(headers) == ["Referrer-Policy"]
    headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY + "; img-src *"
    assert "Content-Security-Policy" in lacking(headers)


def test_the_policy_allows_nothing_from_elsewhere():
    assert [word for word in LOOSENING if word in CONTENT_SECURITY_POLICY] == []
    for directive in ("default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert directive in CONTENT_SECURITY_POLICY
    assert "worker-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'" in CONTENT_SECURITY_POLICY


def test_a_page_with_a_worker_differs_in_that_alone():
    rest = set(POLICY_WITH_WORKER.split("; ")) - set(CONTENT_SECURITY_POLICY.split("; "))
    assert rest == {"worker-src 'self'", "trusted-types onestop-worker"}
    assert set(CONTENT_SECURITY_POLICY.split("; ")) - set(POLICY_WITH_WORKER.split("; ")) == {
        "worker-src 'none'",
        "trusted-types 'none'",
    }


def test_the_page_with_a_camera_differs_in_that_alone():
    assert "camera=()" in NO_FEATURES.split(", ")
    usual, chosen = set(NO_FEATURES.split(", ")), set(FEATURES_WITH_CAMERA.split(", "))
    needed = {"camera", "media-playback-while-not-visible"}
    assert (usual - chosen, chosen - usual) == ({f"{one}=()" for one in needed}, {f"{one}=(self)" for one in needed})


def test_no_page_can_choose_a_policy_of_its_own():
    def bold(_environ, start_response):
        own = [("Content-Security-Policy", POLICY_WITH_WORKER + "; img-src *"), ("Permissions-Policy", "camera=*")]
        start_response("200 OK", own)
        return [b""]

    seen = {}
    SecurityHeaders(bold)({}, lambda _status, headers, _exc_info=None: seen.update(headers))
    assert lacking(seen) == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_has_them(make, client, address, method):
    make.organisation()
    answer = client.open(address, method=method)
    shown = method in {"GET", "HEAD"}
    policy = POLICY_WITH_WORKER if shown and address in WITH_WORKER else CONTENT_SECURITY_POLICY
    features = FEATURES_WITH_CAMERA if shown and address in WITH_CAMERA else NO_FEATURES
    if answer.mimetype in {"application/json", "application/problem+json"}:
        assert lacking(answer.headers, always=OF_A_FILE) == []
    else:
        assert lacking(answer.headers, policy, features=features) == []
    assert "Server" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert "Cache-Control" in answer.headers


@on_postgresql
def test_every_answer_has_them_on_postgresql_too(make, client):
    make.organisation()
    for address in ADDRESSES:
        for method in ("GET", "POST"):
            answer = client.open(address, method=method)
            wanted = OF_A_FILE if answer.mimetype in {"application/json", "application/problem+json"} else ALWAYS
            names = {name for name, _value in wanted}
            assert names <= set(answer.headers.keys()), (address, method)
            assert not {"Server", "Set-Cookie"} & set(answer.headers.keys()), (address, method)


@pytest.mark.parametrize(
    ("path", "always"),
    [
        ("css/onestop.css", OF_A_FILE),
        ("js/pages/report.js", OF_A_FILE),
        ("js/workers/proof.js", OF_A_WORKER),  # its policies are those of the worker
        ("icon.svg", ALWAYS),  # a document, if somebody opens it
    ],
)
def test_static_files_have_those_that_mean_something_there(app, client, path, always):
    with app.test_request_context("/"):
        address = app.jinja_env.globals["asset_url"](path)
    answer = client.get(address)
    assert (answer.status_code, bool(answer.get_data())) == (200, True)
    answer.close()
    assert lacking(answer.headers, always=always) == []
    assert "immutable" in answer.headers["Cache-Control"]
    gone = client.get(f"{address}.map")
    assert (gone.status_code, lacking(gone.headers)) == (404, [])


def test_a_file_allows_nothing_that_a_page_does_not():
    policies = dict(OF_A_FILE)
    assert policies.pop("Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'"
    assert policies.items() <= dict(ALWAYS).items()


def test_a_worker_is_held_as_its_page_is():
    assert set(OF_A_WORKER) < set(ALWAYS)
    assert {"Content-Security-Policy", "Cross-Origin-Embedder-Policy"} <= {name for name, _value in OF_A_WORKER}


@pytest.mark.parametrize("kind", ["application/json", "application/problem+json; charset=utf-8"])
def test_json_is_no_document_whatever_became_of_it(kind):
    for status in ("200 OK", "404 NOT FOUND"):
        assert headers_for("/api/v1/directory", status, kind.partition(";")[0]) == OF_A_FILE


def test_pages_name_the_hash_of_each_script_and_of_whatever_they_may_come_to_import():
    assert ("Integrity-Policy", "blocked-destinations=(script)") in ALWAYS


@pytest.mark.parametrize("address", [one for one in ADDRESSES if not one.startswith("/static")])
def test_pages_are_kept_nowhere(make, client, address):
    make.organisation()
    assert "no-store" in client.get(address).headers["Cache-Control"]


def test_a_fault_has_them_too():
    def broken(_environ, start_response):
        start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
        return [b""]

    seen = {}

    def start_response(_status, headers, _exc_info=None):
        seen.update(headers)
        return lambda _bytes: None

    SecurityHeaders(broken)({"wsgi.url_scheme": "https"}, start_response)
    assert lacking(seen) == []
    assert seen["Strict-Transport-Security"] == STRICT_TRANSPORT["subdomains"]
