from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "hearthpress.sample"
