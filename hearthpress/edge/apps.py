from django.apps import AppConfig


class EdgeConfig(AppConfig):
    name = "hearthpress.edge"
