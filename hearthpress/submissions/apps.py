from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "hearthpress.submissions"

    def ready(self) -> None:
        from hearthpress.agreements.actions import given_up
        from hearthpress.mail.routes import register
        from hearthpress.submissions import arriving, rules  # noqa: F401  registers the permissions
        from hearthpress.submissions.actions import stop_with_agreement

        given_up.register(stop_with_agreement)
        register(arriving.PURPOSE, arriving.take_story, arriving.read_enclosed)
