from django.apps import AppConfig


class DoublesConfig(AppConfig):
    name = "hearthpress.doubles"

    def ready(self) -> None:
        from hearthpress.doubles.actions import forget_story, print_story, print_submission
        from hearthpress.stories.actions import gone, shown
        from hearthpress.submissions.actions import sent

        sent.register(print_submission)
        shown.register(print_story)
        gone.register(forget_story)
