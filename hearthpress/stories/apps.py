from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "hearthpress.stories"

    def ready(self) -> None:
        from hearthpress.editing.actions import focus_chosen
        from hearthpress.stories import rules  # noqa: F401  registers the permissions
        from hearthpress.stories.actions import go_with_submission, show_focus
        from hearthpress.submissions.actions import withdrawn

        withdrawn.register(go_with_submission)
        focus_chosen.register(show_focus)
