from django.urls import path, re_path, register_converter

from hearthpress.magazine import calls, feeds, lists, oembed, promises, sitemaps, views


class FeedForm:
    """The last part of a feed's name."""

    regex = "atom|rss|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Number:
    """A number as we write it, so that a page has one address; none of ours has more digits."""

    regex = "0|[1-9][0-9]{0,14}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(FeedForm, "form")
register_converter(Number, "number")
MONTH = r"^archive/(?P<year>2[0-9]{3})/(?P<month>0[1-9]|1[0-2])/"

app_name = "magazine"

urlpatterns = [
    path("", views.front, name="front"),
    path("section/<slug:slug>/", lists.section, name="section"),
    path("section/<slug:slug>/before/<number:before>/", lists.section, name="section_older"),
    path("section/<slug:slug>/feed.<form:form>", feeds.feed, {"kind": "section"}, name="section_feed"),
    path("tag/<slug:slug>/", lists.tag, name="tag"),
    path("tag/<slug:slug>/before/<number:before>/", lists.tag, name="tag_older"),
    path("tag/<slug:slug>/feed.<form:form>", feeds.feed, {"kind": "tag"}, name="tag_feed"),
    path("writers/<slug:slug>/", lists.writer, name="writer"),
    path("writers/<slug:slug>/before/<number:before>/", lists.writer, name="writer_older"),
    path("writers/<slug:slug>/feed.<form:form>", feeds.feed, {"kind": "writer"}, name="writer_feed"),
    path("archive/", lists.archive, name="archive"),
    re_path(rf"{MONTH}$", lists.month, name="month"),
    re_path(rf"{MONTH}before/(?P<before>{Number.regex})/$", lists.month, name="month_older"),
    path("stories/<slug:slug>/", views.story, name="story"),
    path("write-for-us/", calls.write_for_us, name="write_for_us"),
    path("write-for-us/<slug:slug>/", calls.call, name="call"),
    path("waiting/<slug:slug>/", calls.waiting, name="waiting"),
    path("promises/", promises.promises, name="promises"),
    path("pictures/<slug:digest>-<number:width>.webp", views.picture, name="picture"),
    path("pictures/<slug:digest>-<number:width>.avif", views.picture, {"kind": "avif"}, name="picture_avif"),
    path("feed.atom", feeds.feed, {"form": "atom"}, name="feed_atom"),
    path("feed.rss", feeds.feed, {"form": "rss"}, name="feed_rss"),
    path("feed.json", feeds.feed, {"form": "json"}, name="feed_json"),
    path("oembed", oembed.ask, name="oembed"),
    path("oembed/stories/<slug:slug>.json", oembed.story, name="oembed_story"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap_news"),
    path("sitemap-stories-<number:part>.xml", sitemaps.stories, name="sitemap_stories"),
    path("robots.txt", sitemaps.robots, name="robots"),
]
