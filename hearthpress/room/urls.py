"""The writing room. Fixed names come first: keys never look like them."""

from django.urls import path

from hearthpress.room.views import (
    agreement,
    approval,
    arrivals,
    asked,
    correspondence,
    earnings,
    people,
    photos,
    stories,
    texts,
    versions,
    ways_out,
    writing,
)

app_name = "room"

urlpatterns = [
    path("", stories.home, name="home"),
    path("new/<slug:slug>/", stories.begin, name="begin"),
    path("calls/<slug:slug>/", stories.call, name="call"),
    path("earnings/", earnings.earnings, name="earnings"),
    path("earnings/<str:month>/", earnings.statement, name="statement"),
    path("payment/", earnings.payment, name="payment"),
    path("<slug:key>/", stories.submission, name="submission"),
    path("<slug:key>/draft/", writing.draft, name="draft"),
    path("<slug:key>/draft/saved/", writing.draft_saved, name="draft_saved"),
    path("<slug:key>/draft/thrown-away/", stories.thrown_away, name="thrown_away"),
    path("<slug:key>/file/", arrivals.file, name="file"),
    path("<slug:key>/pasted/", arrivals.pasted, name="pasted"),
    path("<slug:key>/photos/", photos.photos, name="photos"),
    path("<slug:key>/photos/<slug:photo>.webp", photos.photo, name="photo"),
    path("<slug:key>/check/", writing.check, name="check"),
    path("<slug:key>/sending/", writing.sending, name="sending"),
    path("<slug:key>/questions/", asked.questions, name="questions"),
    path("<slug:key>/messages/", correspondence.messages, name="messages"),
    path("<slug:key>/withdrawal/", ways_out.withdrawal, name="withdrawal"),
    path("<slug:key>/more-time/", ways_out.more_time, name="more_time"),
    path("<slug:key>/agreement/", agreement.agreement, name="agreement"),
    path("<slug:key>/agreement/refusal/", agreement.refusal, name="refusal"),
    path("<slug:key>/suggestions/", texts.text, name="suggestions"),
    path("<slug:key>/suggestions/kept/", texts.kept, name="suggestions_kept"),
    path("<slug:key>/suggestions/answer/", texts.answer, name="suggestions_answer"),
    path("<slug:key>/suggestions/remark/", texts.remark, name="suggestions_remark"),
    path("<slug:key>/suggestions/done/", texts.done, name="suggestions_done"),
    path("<slug:key>/people/", people.people, name="people"),
    path("<slug:key>/approval/", approval.approval, name="approval"),
    path("<slug:key>/versions/", versions.comparison, name="comparison"),
    path("<slug:key>/approval/change/", approval.change, name="change"),
    path("<slug:key>/approval/no-time-needed/", approval.cooling_waiver, name="cooling_waiver"),
    path("<slug:key>/preview/", approval.preview, name="preview"),
    path(
        "<slug:key>/approval/pictures/<slug:digest>-<int:width>.webp",
        approval.picture_within,
        name="approval_picture_within",
    ),
]
