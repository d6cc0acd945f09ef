from django.apps import AppConfig


class MagazineConfig(AppConfig):
    name = "hearthpress.magazine"

    def ready(self) -> None:
        from hearthpress.magazine.keys import declare_all

        declare_all()
