from django.apps import AppConfig


class MagazineConfig(AppConfig):
    name = "hearthpress.magazine"

    def ready(self) -> None:
        from hearthpress.magazine.keys import declare_all, purge_tags_between, purge_what_stands_between
        from hearthpress.magazine.months import count_month_of
        from hearthpress.magazine.pings import ping_for
        from hearthpress.stories.actions import gone, shown, tagged

        declare_all()
        for verb in (shown, gone):
            verb.register(count_month_of)
            verb.register(ping_for)
        shown.register(purge_what_stands_between)
        tagged.register(purge_tags_between)
        tagged.register(ping_for)
