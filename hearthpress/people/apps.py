from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "hearthpress.people"

    def ready(self) -> None:
        from hearthpress.people import rules, signin  # noqa: F401  registers the permissions and the receiver
