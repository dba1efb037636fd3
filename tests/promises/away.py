"""Pages of a site whose database is away, asked for in a process of its own, because this one's database is needed.

python -m tests.promises.away PATH…   prints one JSON object a path; DATABASE_URL says where nobody answers.
"""

import json
import logging
import sys
import time

import django


def main(paths: list[str]) -> None:
    django.setup()
    logging.disable()
    from django.conf import settings
    from django.test import Client

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    for path in paths:
        started = time.monotonic()
        answer = Client(raise_request_exception=False, headers={"host": "localhost"}).get(path)
        told = {
            "path": path,
            "status": answer.status_code,
            "retry_after": answer.headers.get("Retry-After"),
            "type": answer.headers.get("Content-Type"),
            "seconds": time.monotonic() - started,
        }
        sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
