from django.apps import AppConfig


class PayConfig(AppConfig):
    name = "hearthpress.pay"

    def ready(self) -> None:
        from hearthpress.pay import rules  # noqa: F401  registers the permissions
