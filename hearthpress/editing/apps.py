from django.apps import AppConfig


class EditingConfig(AppConfig):
    name = "hearthpress.editing"

    def ready(self) -> None:
        from hearthpress.agreements.actions import signed
        from hearthpress.editing import rules  # noqa: F401  registers the permissions
        from hearthpress.editing.actions import begin, stop_with_submission
        from hearthpress.submissions.actions import withdrawn

        signed.register(begin)
        withdrawn.register(stop_with_submission)
