from django.urls import URLPattern, path

from hearthpress.desk.views import held, letters, magazine, manuscripts, pictures, publications, queue, submissions, team

app_name = "desk"

urlpatterns: list[URLPattern] = [
    path("", queue.queue, name="queue"),
    path("releases/", queue.releases, name="releases"),
    path("held/", held.held, name="held"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<slug:key>/sending/", letters.sending, name="letter_sending"),
    path("pictures/<slug:digest>-<int:width>.webp", pictures.picture, name="picture"),
    path("team/", team.members, name="team"),
    path("team/<int:number>/", team.member, name="member"),
    path("team/<int:number>/removal/", team.removal, name="removal"),
    path("magazine/", magazine.magazine, name="magazine"),
    path("call/", magazine.call, name="call"),
    path("subjects/", magazine.subjects, name="subjects"),
    path("subjects/new/", magazine.subject, name="subject_new"),
    path("subjects/<slug:slug>/", magazine.subject, name="subject"),
    path("<slug:key>/", submissions.submission, name="submission"),
    path("<slug:key>/letting-in/", held.letting_in, name="letting_in"),
    path("<slug:key>/reading/", submissions.reading, name="reading"),
    path("<slug:key>/decision/", submissions.decision, name="decision"),
    path("<slug:key>/decision/dropped/", submissions.decision_dropped, name="decision_dropped"),
    path("<slug:key>/release/", submissions.release, name="release"),
    path("<slug:key>/manuscript/", manuscripts.manuscript, name="manuscript"),
    path("<slug:key>/manuscript/<int:number>/", manuscripts.revision, name="revision"),
    path("<slug:key>/approval-request/", manuscripts.approval_request, name="approval_request"),
    path("<slug:key>/picture/", pictures.focus, name="picture_focus"),
    path("<slug:key>/preview/", publications.preview, name="preview"),
    path("<slug:key>/publication/", publications.publication, name="publication"),
    path("<slug:key>/tags/", publications.tags, name="tags"),
    path("<slug:key>/retraction/", publications.retraction, name="retraction"),
]
