from django.urls import path

from hearthpress.sample import views

app_name = "sample"

urlpatterns = [
    path("demo/", views.demo, name="demo"),
    path("demo/letters/", views.letters, name="letters"),
    path("demo/letters/<slug:key>/", views.letter, name="letter"),
    path("demo/authenticator/", views.authenticator, name="authenticator"),
]
