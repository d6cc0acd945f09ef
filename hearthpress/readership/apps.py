from django.apps import AppConfig


class ReadershipConfig(AppConfig):
    name = "hearthpress.readership"
