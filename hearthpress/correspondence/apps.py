from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "hearthpress.correspondence"

    def ready(self) -> None:
        from hearthpress.correspondence.incoming import take_answer, take_reply
        from hearthpress.correspondence.letters import ANSWER
        from hearthpress.mail.routes import register
        from hearthpress.submissions.actions.letters import THREAD

        register(THREAD, take_reply)
        register(ANSWER, take_answer)
