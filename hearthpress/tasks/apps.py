from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "hearthpress.tasks"

    def ready(self) -> None:
        from hearthpress.people.actions import role_ended
        from hearthpress.submissions.actions import withdrawn
        from hearthpress.tasks import rules  # noqa: F401  registers the permissions
        from hearthpress.tasks.actions import drop_with_submission, share_out

        withdrawn.register(drop_with_submission)
        role_ended.register(share_out)
