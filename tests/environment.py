"""Loaded by pytest before Django's settings (`-p tests.environment`): a `var` of the tests' own, gone afterwards."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent

VAR = Path(tempfile.mkdtemp(prefix="visrec-tests-"))
(VAR / "static").mkdir()
atexit.register(shutil.rmtree, VAR, ignore_errors=True)

os.environ["VAR"] = str(VAR)
# Nothing listens there: a test that needs a broker asks for one.
os.environ["REDIS_URL"] = "redis://127.0.0.1:1/0"
# Playwright's loop runs in the thread of the test; the tests' use of the database there is meant.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
for name in ("PORT", "HOST", "DEMO", "SITE_URL", "CACHE_URL", "MEDIA", "EMAIL_URL", "SECRET_KEY", "MAKELEVEL"):
    os.environ.pop(name, None)
# The eyes are built once, by `run`, not by each test run.
if "EYES_FILE" not in os.environ and (built := sorted((BASE / "var" / "eyes").glob("*.tflite"))):
    os.environ["EYES_FILE"] = str(built[0])
if "WORDS_FILE" not in os.environ and (built := sorted((BASE / "var" / "eyes").glob("*.words"))):
    os.environ["WORDS_FILE"] = str(built[0])
