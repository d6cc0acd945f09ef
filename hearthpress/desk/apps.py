from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "hearthpress.desk"

    def ready(self) -> None:
        from hearthpress.desk.offer import offer
        from hearthpress.people.fragment import offers

        offers(offer)
