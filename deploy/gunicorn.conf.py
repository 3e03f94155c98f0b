"""How gunicorn serves the portal: `gunicorn --config deploy/gunicorn.conf.py`; so do `make run`, tests and bench.

PORT and HOST override the address. No access log: it would hold addresses and exact times of people who report.
"""

import os
from pathlib import Path

from gunicorn.http.wsgi import Response

wsgi_app = "wsgi:application"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"

worker_class = "gthread"
workers = int(os.environ.get("WORKERS", "2"))
threads = 8
preload_app = True  # one copy of the code in memory; nothing is connected before the fork
timeout = 60
graceful_timeout = 20
keepalive = 15

accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
# The heartbeat file must not sit on a slow disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
# Only the application decides whom it trusts as a proxy (ONESTOP_TRUSTED_PROXIES).
forwarded_allow_ips = ""

# A report is at most 4 MiB and its headers are few.
limit_request_line = 2048
limit_request_fields = 64
limit_request_field_size = 8190

# What software runs here is nobody's business.
_default_headers = Response.default_headers
Response.default_headers = lambda answer: [line for line in _default_headers(answer) if not line.startswith("Server:")]
