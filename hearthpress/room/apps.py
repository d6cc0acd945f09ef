from django.apps import AppConfig


class RoomConfig(AppConfig):
    name = "hearthpress.room"

    def ready(self) -> None:
        from hearthpress.people.fragment import offers
        from hearthpress.room.offer import offer

        offers(offer)
