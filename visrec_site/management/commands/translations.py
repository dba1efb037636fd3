"""`manage.py translations`: what the site says, in step with what the translators have."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from visrec_site import translations


class Command(BaseCommand):
    help = (
        "Brings locale/*/LC_MESSAGES/django.po in step with templates and code, compiles the .mo beside it, and lists "
        "what has no translation yet. With --check it changes nothing. Needs requirements-dev.txt, not gettext."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say what is missing; exit 1 if anything is")

    def handle(self, *, check: bool, **options: object) -> None:
        for language in translations.LANGUAGES:
            catalogue = translations.in_step(language)
            if not check:
                translations.write(catalogue, language)
            missing = translations.unfinished(catalogue)
            for msgid in missing:
                self.stdout.write(repr(msgid))
            self.stderr.write(f"{language}: {len(catalogue)} messages, {len(missing)} without a translation")
            if missing and check:
                raise CommandError(f"{len(missing)} messages have no {language} translation", returncode=1)
