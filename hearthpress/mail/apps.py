from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "hearthpress.mail"
