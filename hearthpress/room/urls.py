from django.urls import URLPattern, path

app_name = "room"

urlpatterns: list[URLPattern] = []
