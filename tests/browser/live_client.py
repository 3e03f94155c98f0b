"""A client of a served portal, as Flask's own is one of an application: `tests.plain_pages.Visitor` takes either."""

import http.client
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit

FORM = "application/x-www-form-urlencoded"


class LiveClient:
    """What `Visitor` needs of a client, over HTTP."""

    def __init__(self, url):
        self.host = urlsplit(url).netloc

    def get(self, path):
        return self._ask("GET", path, None, {})

    def post(self, path, data, headers):
        body = urlencode([(name, value) for name, values in data.lists() for value in values])
        return self._ask("POST", path, body, headers)

    def _ask(self, method, path, body, headers):
        connection = http.client.HTTPConnection(self.host, timeout=30)
        connection.request(method, path, body, headers | ({"Content-Type": FORM} if body is not None else {}))
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return SimpleNamespace(status_code=answer.status, text=text, headers=answer.headers)
