from django.urls import URLPattern, path

app_name = "books"

urlpatterns: list[URLPattern] = []
