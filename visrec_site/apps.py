from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "visrec_site"

    def ready(self) -> None:
        from visrec_site import names

        names.translate()
