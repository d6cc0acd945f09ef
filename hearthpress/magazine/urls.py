from django.urls import path

from hearthpress.magazine import feeds, views

app_name = "magazine"

urlpatterns = [
    path("", views.front, name="front"),
    path("section/<slug:slug>/", views.section, name="section"),
    path("section/<slug:slug>/before/<int:before>/", views.section, name="section_older"),
    path("stories/<slug:slug>/", views.story, name="story"),
    path("write-for-us/", views.write_for_us, name="write_for_us"),
    path("pictures/<slug:digest>-<int:width>.webp", views.picture, name="picture"),
    path("pictures/<slug:digest>-<int:width>.avif", views.picture, {"kind": "avif"}, name="picture_avif"),
    path("feed.atom", feeds.atom, name="feed_atom"),
    path("feed.json", feeds.json_feed, name="feed_json"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
]
