"""The page in each of its states: axe, the W3C checker, and nothing wider than a phone."""

from pathlib import Path

import pytest

from tests.factories import make_cast, make_story, make_subject
from tests.flows.browser import open_browser
from tests.flows.test_pages import look_at, w3c_faults

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True, databases=["default", "views"]),
]

STATES = {
    "before": "",
    "found": "?q=kettle+hour&section=keeping",
    "guessed": "?q=ketle",
    "exactly": "?q=ketle&exactly=yes",
    "nothing": "?q=xylophone",
    "elsewhere": "?q=kettle&section=grieving",
    "fewer": "?q=kettle+saucepan+lantern",
    "beyond": "?q=kettle&after=99",
}


def test_the_page_is_sound_in_each_of_its_states(live_server: object, transactional_db: None, tmp_path: Path) -> None:
    cast = make_cast()
    make_subject()
    changes = {"subjects": ["pregnancy-loss"], "content_note": "It speaks of a loss.", "standfirst": "A “kettle” & co."}
    make_story(cast.writer, cast.editor, cast.call, changes=changes)
    make_story(cast.writer, cast.editor, cast.call, title="Other", text="A saucepan <and> a lid.")
    faults: list[str] = []

    with open_browser() as browser:
        context = browser.new_context(base_url=live_server.url)
        for name, said in STATES.items():
            faults += [f"{name}: {fault}" for fault in look_at(context, f"/search/{said}", tmp_path / f"{name}.html")]
        assert context.cookies() == []
        context.close()

    assert faults + w3c_faults(tmp_path) == []
