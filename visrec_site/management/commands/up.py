"""Run the whole site: broker, web, workers, beat, and the demo gallery at its first start."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from visrec_site.accounts import welcome
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
        seeding = [] if options["per_family"] is None else ["--per-family", str(options["per_family"])]
        demo = os.environ.get("DEMO", "1") != "0"
        first = ensure_tables if demo else ensure_owner
        try:
            keep_up(host=options["host"], port=port, demo=demo, seeding=seeding, first=first)
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
    """An empty site needs somebody who may run it: say where that account is made."""
    ensure_tables()
    if welcome.has_owner():
        return
    welcome.new_key()
    say("  This site has no owner yet. Open the address below; or make the account here with:")
    say(f"    {sys.executable} {settings.BASE_DIR / 'manage.py'} createsuperuser")
