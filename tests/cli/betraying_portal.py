"""The portal, except that it betrays whom a file tells it to: a monitor has to see that."""

import json
import os
from pathlib import Path

from wsgi import application as portal


def application(environ, start_response):
    plan = json.loads(Path(os.environ["BETRAYAL"]).read_text(encoding="utf-8"))
    if (
        not plan
        or not environ["PATH_INFO"].endswith(plan["path"])
        or plan["to"] not in environ.get("HTTP_USER_AGENT", "")
    ):
        return portal(environ, start_response)
    environ["HTTP_ACCEPT_ENCODING"] = "identity"
    said = []
    answer = portal(environ, lambda status, headers, _exc_info=None: said.append((status, headers)))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    (status, headers), old, new = said[0], *(plan.get(part, "").encode() for part in ("old", "new"))
    body = body.replace(old, new) if old else new or body
    dropped = {"content-length", plan.get("header", "").lower()}
    headers = [(name, value) for name, value in headers if name.lower() not in dropped]
    if plan.get("value"):
        headers.append((plan["header"], plan["value"]))
    start_response(status, [*headers, ("Content-Length", str(len(body)))])
    return [body]
