from django.urls import URLPattern, path

from hearthpress.readership import views

app_name = "readership"

urlpatterns: list[URLPattern] = [
    path("v", views.report, name="report"),
    path("v.gif", views.image, name="image"),
]
