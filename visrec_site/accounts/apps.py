from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "visrec_site.accounts"
    label = "accounts"
