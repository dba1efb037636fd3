"""Run the whole site: broker, web, workers, beat, and the demo gallery at its first start."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from visrec_site.supervisor.address import PortTakenError
from visrec_site.supervisor.broker import NoBrokerError
from visrec_site.supervisor.house import AlreadyUpError, keep_up
from visrec_site.supervisor.logs import say

BAD_USE = 2


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="address to listen on [HOST]")
        parser.add_argument("--port", default=os.environ.get("PORT") or None, help="port to listen on [PORT, or free]")
        parser.add_argument("--per-family", type=int, help="demo pictures drawn of each family")

    def handle(self, *args: Any, **options: Any) -> None:
        port = port_number(options["port"])
        demo = [] if options["per_family"] is None else ["--per-family", str(options["per_family"])]
        try:
            if os.environ.get("DEMO", "1") == "0":
                keep_up(host=options["host"], port=port, demo=None, first=ensure_owner)
            else:
                keep_up(host=options["host"], port=port, demo=demo, first=ensure_tables)
        except (AlreadyUpError, PortTakenError, NoBrokerError) as error:
            raise CommandError(str(error), returncode=BAD_USE) from error
        except OSError as error:
            raise CommandError(f"Cannot listen on {options['host']}: {error}.", returncode=BAD_USE) from error


def port_number(text: str | None) -> int | None:
    """The port as a number. Raises CommandError for anything else."""
    if text is None:
        return None
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CommandError(f"PORT must be a number from 1 to 65535, not {text!r}.", returncode=BAD_USE)
    return int(text)


def ensure_tables() -> None:
    """Raises CommandError when the database has not been set up for this version."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not set up for this version: ./run setup does it.")


def ensure_owner() -> None:
    """An empty site needs somebody who may run it: ask for that account, or say how to make it."""
    ensure_tables()
    if get_user_model()._default_manager.filter(is_superuser=True).exists():
        return
    if sys.stdin.isatty():
        say("  This site is empty. Make the account of its owner:")
        call_command("createsuperuser")
    else:
        say("  This site has no owner yet. Make one with:")
        say(f"    {sys.executable} {settings.BASE_DIR / 'manage.py'} createsuperuser")
