from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "hearthpress.search"

    def ready(self) -> None:
        from hearthpress.search.actions import forget_story, index_story
        from hearthpress.stories.actions import gone, shown

        shown.register(index_story)
        gone.register(forget_story)
