from django.apps import AppConfig


class PayConfig(AppConfig):
    name = "hearthpress.pay"

    def ready(self) -> None:
        from hearthpress.agreements.actions import given_back
        from hearthpress.pay import rules  # noqa: F401  registers the permissions
        from hearthpress.pay.kill_fees import owe_kill_fee

        given_back.register(owe_kill_fee)
