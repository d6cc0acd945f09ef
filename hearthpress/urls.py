"""The URL map: the magazine at the top, the workplaces under names of their own."""

from django.urls import URLPattern, URLResolver, include, path

handler500 = "hearthpress.masthead.views.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("hearthpress.people.urls")),
    path("", include("hearthpress.readership.urls")),
    path("write/", include("hearthpress.room.urls")),
    path("desk/", include("hearthpress.desk.urls")),
    path("books/", include("hearthpress.books.urls")),
    path("", include("hearthpress.sample.urls")),
    path("", include("hearthpress.search.urls")),
    path("", include("hearthpress.magazine.urls")),
]
