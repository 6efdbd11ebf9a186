"""gunicorn, for an installation and for `make demo`: `gunicorn --config deploy/gunicorn.conf.py`.

PORT (8000) and WEB_CONCURRENCY (2 workers) come from the environment. It listens on 127.0.0.1 only:
the reverse proxy in front of it speaks to the world.
"""

import os
import sys
from pathlib import Path
from typing import Any

wsgi_app = "compliance.wsgi"
chdir = str(Path(__file__).resolve().parent.parent)
port = os.environ.get("PORT", "8000")
bind = f"127.0.0.1:{port}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# While one answer waits for the database's disk, its process serves others; connections are kept.
# Reports gain nothing by threads: of those, each process prints one at a time.
worker_class = "gthread"
threads = 4
# A worker forked from a parent that has loaded everything answers its first request fast.
preload_app = True
# A report of a thousand criteria takes ten seconds on a slow machine.
timeout = 120
# A plan on the result page names every gap that it closes in its address; nginx takes 8 KB as well.
limit_request_line = 8190
accesslog = "-"


def when_ready(server: Any) -> None:
    """Say where the site is, once it really answers."""
    print(
        f"\n网站已启动，按 Ctrl-C 停止。The site is up; Ctrl-C stops it.\n\n    http://{bind}/\n",
        file=sys.stderr,
        flush=True,
    )
