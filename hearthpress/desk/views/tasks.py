"""What is to be done: my tasks, everybody's, and one by itself."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearthpress.common.states import NotAllowed, SomebodyElseWon
from hearthpress.desk.access import for_editors, who
from hearthpress.desk.forms.tasks import PlanForm, TaskFilterForm, TaskForm
from hearthpress.desk.page import page
from hearthpress.desk.tasks import Filter, Whose, numbers_of_tasks, task_history, task_page
from hearthpress.desk.zone import today_here
from hearthpress.people.models import Person
from hearthpress.submissions.doors import desk_submission
from hearthpress.submissions.models import Submission
from hearthpress.tasks.actions import CannotTake, drop_task, finish_task, make_task, plan_task, reopen_task
from hearthpress.tasks.digests import choose_digest, has_digest
from hearthpress.tasks.doors import desk_task, desk_tasks
from hearthpress.tasks.enums import TaskState
from hearthpress.tasks.models import Task
from hearthpress.tasks.words import Shown, shown, title_for


@require_safe
@for_editors
def tasks(request: HttpRequest) -> HttpResponse:
    editor, chosen, after = who(request), Filter.of(request.GET), request.GET.get("after", "")
    numbers = numbers_of_tasks(editor)
    context = {
        "found": task_page(editor, chosen, today_here(), after),
        "chosen": chosen,
        "narrowed": bool(chosen.kind or chosen.who),
        "lists": [(one, one == chosen.whose, numbers.get(one)) for one in Whose],
        "form": TaskFilterForm(chosen),
        "begins": not after,
        "finished": _just_finished(editor, request.GET.get("finished", "")),
        "has_digest": has_digest(editor),
    }
    return page(request, "tasks", "tasks", context)


@require_http_methods(["GET", "POST"])
@for_editors
def task_new(request: HttpRequest) -> HttpResponse:
    editor = who(request)
    key = (request.POST or request.GET).get("story", "")
    story = desk_submission(editor, key) if key else None
    form = TaskForm(request.POST or None, today_here(), assignee=editor.pk, due_on=today_here(), story=key)
    if form.is_valid() and _make(form, editor, story):
        messages.success(request, _("The task is on the list."))
        return redirect("desk:submission", key) if story else redirect("desk:tasks")
    context = {"form": form, "story": story, "story_title": title_for(editor, story) if story else ""}
    return page(request, "task_new", "tasks", context)


@require_http_methods(["GET", "POST"])
@for_editors
def task(request: HttpRequest, key: str) -> HttpResponse:
    """One task: what became of it, and another plan for it."""
    editor = who(request)
    found = desk_task(editor, key)
    form = PlanForm(request.POST or None, today_here(), found)
    if form.is_valid() and _replan(form, found, editor):
        messages.success(request, _("Changed."))
        return redirect("desk:task", key)
    context = {
        "shown": shown(found),
        "form": form,
        "is_open": found.state == TaskState.OPEN,
        "is_late": found.is_late(today_here()),
        "history": task_history(found, editor),
    }
    return page(request, "task", "tasks", context, status=409 if form.non_field_errors() else 200)


@require_POST
@for_editors
def completion(request: HttpRequest, key: str) -> HttpResponse:
    """Done, with one click. The page that follows offers to undo it."""
    found = desk_task(who(request), key)
    if not _tried(request, finish_task, found):
        return _back(request, found)
    if _goes_to_story(request, found):
        said = _("Done: %(task)s. You can take it up again below.")
        messages.success(request, said % {"task": shown(found).words})
        return _back(request, found)
    return _back(request, found, finished=key)


@require_POST
@for_editors
def reopening(request: HttpRequest, key: str) -> HttpResponse:
    found = desk_task(who(request), key)
    if _tried(request, reopen_task, found):
        messages.success(request, _("It is on the list again: %(task)s") % {"task": shown(found).words})
    return _back(request, found)


@require_POST
@for_editors
def task_removal(request: HttpRequest, key: str) -> HttpResponse:
    """It need not be done any more."""
    found = desk_task(who(request), key)
    if _tried(request, drop_task, found):
        messages.success(request, _("Nobody need do this any more. It can be taken up again here."))
    return redirect("desk:task", key)


@require_POST
@for_editors
def digest(request: HttpRequest) -> HttpResponse:
    """Whether a letter comes in the morning."""
    wanted = request.POST.get("wanted") == "yes"
    choose_digest(who(request), wanted)
    said = _("A letter will tell you in the morning.") if wanted else _("No letter comes in the morning any more.")
    messages.success(request, said)
    return redirect("desk:tasks")


def _just_finished(editor: Person, key: str) -> Shown | None:
    """The task that this editor has just finished, to undo it."""
    mine = desk_tasks(editor).with_people().filter(state=TaskState.DONE, ended_by=editor)
    found = mine.filter(key=key).first() if key.isalnum() else None
    return shown(found) if found else None


def _make(form: TaskForm, editor: Person, story: Submission | None) -> bool:
    fields = form.cleaned_data
    return _planned(
        form,
        lambda: make_task(editor, fields["title"], fields["due_on"], submission=story, assignee=fields["assignee"]),
    )


def _replan(form: PlanForm, found: Task, editor: Person) -> bool:
    assignee, due_on = form.cleaned_data["assignee"], form.cleaned_data["due_on"]
    return _planned(form, lambda: plan_task(found, editor, assignee, due_on))


def _planned(form: PlanForm, change: Callable[[], Any]) -> bool:
    """Whether the plan is made; else the form says why not."""
    try:
        change()
    except CannotTake:
        said = _("%(name)s cannot take this task. Please choose somebody else.")
        form.add_error("assignee", said % {"name": form.cleaned_data["assignee"]})
    except SomebodyElseWon:
        form.add_error(
            None, _("Somebody was quicker: it has changed or ended meanwhile. What you typed is still here.")
        )
    else:
        return True
    return False


def _tried(request: HttpRequest, verb: Callable[[Task, Person], None], found: Task) -> bool:
    try:
        verb(found, who(request))
    except (NotAllowed, SomebodyElseWon):
        messages.warning(request, _("Nothing was changed: somebody was quicker. Please look at the task once more."))
        return False
    return True


def _goes_to_story(request: HttpRequest, found: Task) -> bool:
    return request.POST.get("back") == "story" and found.submission is not None


def _back(request: HttpRequest, found: Task, **more: str) -> HttpResponse:
    """To the story or the list that the button stood on, as it was filtered."""
    if found.submission is not None and _goes_to_story(request, found):
        return redirect("desk:submission", found.submission.key)
    query = Filter.of(QueryDict(request.POST.get("back", ""))).query(**more)
    return redirect(f"{reverse('desk:tasks')}?{query}")
