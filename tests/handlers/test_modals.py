"""Where a view that answers a click goes, by what the click was in."""

import pytest

from handlers.context import Request
from handlers.modals import show_view

VIEW = {"type": "modal"}
ROOT, SECOND, THIRD = ("V1", None), ("V2", "V1"), ("V3", "V2")


class Slack:
    """Keeps which method showed a view."""

    def __init__(self):
        self.called = []

    def __getattr__(self, name):
        async def call(**given):
            self.called.append((name, given.get("view_id", "")))

        return call


def clicked_in(kind, *, submit=None, stood=ROOT):
    if kind == "message":
        return {}
    view_id, under = stood
    return {
        "view": {
            "type": kind,
            "id": view_id,
            "submit": submit,
            "previous_view_id": under,
            "root_view_id": "V1",
        }
    }


@pytest.mark.parametrize(
    ("body", "method", "view_id"),
    [
        pytest.param(clicked_in("message"), "views_open", "", id="message"),
        pytest.param(clicked_in("home"), "views_open", "", id="home"),
        pytest.param(clicked_in("modal"), "views_update", "V1", id="what was told"),
        pytest.param(clicked_in("modal", submit={}), "views_update", "V1", id="no submit"),
        pytest.param(clicked_in("modal", submit={"text": "Save"}), "views_push", "", id="form"),
        pytest.param(clicked_in("modal", submit={"text": "Save"}, stood=SECOND), "views_push", "", id="second"),
        pytest.param(clicked_in("modal", submit={"text": "Save"}, stood=THIRD), "views_update", "V3", id="third"),
    ],
)  # fmt: skip
async def test_a_view_goes_where_slack_takes_it(body, method, view_id):
    slack = Slack()
    request = Request("actions", "k", "T1", "U1", "followup.drop:1", trigger_id="1.2", body=body)
    await show_view(slack, request, VIEW)
    assert slack.called == [(method, view_id)]
