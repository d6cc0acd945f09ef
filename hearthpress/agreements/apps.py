from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "hearthpress.agreements"

    def ready(self) -> None:
        from hearthpress.agreements import rules  # noqa: F401  registers the permissions
