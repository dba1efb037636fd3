from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "visrec_site.accounts"
    label = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from visrec_site.accounts import receivers

        receivers.connect()
