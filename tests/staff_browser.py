"""A caseworker's browser as the server meets it: a cookie, a token, and the headers that browsers send."""

from app.access import COOKIE, TOKEN_HEADER
from app.domain.wire import b64u_encode


class StaffBrowser:
    def __init__(self, app):
        self.client, self.csrf = app.test_client(), ""

    def sign_in(self, person, key=None):
        body = {"login": person.login, "sign_in": b64u_encode(key or person.sign_in), "parameter_set": 1}
        answer = self.client.post("/sign-in", json=body, headers={"Sec-Fetch-Site": "same-origin"})
        if answer.status_code == 200:
            self.csrf = answer.json["csrf"]
            # The cookie is Secure, and the test client speaks plain HTTP.
            cookie = self.client.get_cookie(COOKIE)
            self.client.set_cookie(COOKIE, cookie.value)
        return answer

    def get(self, path):
        return self.client.get(path, headers={"Sec-Fetch-Site": "same-origin"})

    def post(self, path, body=None, **options):
        headers = {"Sec-Fetch-Site": "same-origin", TOKEN_HEADER: self.csrf}
        if isinstance(body, bytes):
            options |= {"data": body, "content_type": "application/json"}
        elif body is not None:
            options["json"] = body
        return self.client.post(path, headers=headers, **options)
