from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "hearthpress.submissions"

    def ready(self) -> None:
        from hearthpress.agreements.actions import given_up
        from hearthpress.people.actions import role_ended
        from hearthpress.submissions import rules  # noqa: F401  registers the permissions
        from hearthpress.submissions.actions import stop_with_agreement
        from hearthpress.submissions.actions.assigning import give_back_stories

        given_up.register(stop_with_agreement)
        role_ended.register(give_back_stories)
