from django.apps import AppConfig


class MastheadConfig(AppConfig):
    name = "hearthpress.masthead"
