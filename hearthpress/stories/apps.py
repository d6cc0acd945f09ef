from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "hearthpress.stories"

    def ready(self) -> None:
        from hearthpress.stories import rules  # noqa: F401  registers the permissions
        from hearthpress.stories.actions import go_with_submission
        from hearthpress.submissions.actions import withdrawn

        withdrawn.register(go_with_submission)
