from django.apps import AppConfig


class BooksConfig(AppConfig):
    name = "hearthpress.books"

    def ready(self) -> None:
        from hearthpress.books.offer import offer
        from hearthpress.people.fragment import offers

        offers(offer)
