"""A day and a week go by at the page's clock: the evening prompt, its answers, and the digest."""

import re

import pytest
from playwright.async_api import expect

from tests.e2e.browser_page import BrowserPage

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.processes]


async def test_the_evening_prompt_is_answered_in_one_message_and_snoozes_return(desk: BrowserPage):
    await desk.says("/followup Acme today send the ROI sheet")
    await expect(desk.message("Acme send the ROI sheet, Mon 14 Sep")).to_be_visible()
    await desk.says("/followup Bolt today call about the pilot")
    await expect(desk.message("Bolt call about the pilot, Mon 14 Sep")).to_be_visible()

    await desk.travels("To 16:30")
    prompt = desk.message("More…")
    await expect(prompt).to_contain_text("4 promises are still open.")
    said = await desk.messages.count()
    boxes = prompt.get_by_role("checkbox")
    await expect(boxes).to_have_count(4)

    await boxes.nth(0).click()
    await expect(prompt).to_contain_text("3 promises are still open.")
    await expect(prompt.get_by_role("checkbox")).to_have_count(3)
    await expect(prompt.get_by_role("button", name="Undo")).to_be_visible()
    await desk.sorts(prompt, "Acme", "Bring up again in an hour")
    await prompt.get_by_role("button", name="Move or drop…").click()
    form = desk.modal("Move or drop")
    await form.get_by_role("checkbox", name="Bolt").click()
    await form.get_by_role("radio", name="Drop, for the reason below").click()
    await desk.submits()
    await expect(form.get_by_role("alert")).to_have_text("Please fill this in.")
    await desk.input("Why are they no longer needed?").fill("They chose <!here> & another")
    await desk.submits()
    await expect(form).to_have_count(0)
    await expect(prompt).to_contain_text("Bolt, call about the pilot, dropped.")
    await expect(prompt).to_contain_text("(edited)")
    assert await desk.messages.count() == said

    await prompt.get_by_role("button", name="+1 call").click()
    await expect(prompt).to_contain_text("Logged today  1 call")

    await desk.travels("+1 h")  # what was snoozed comes back
    await expect(desk.message("Due: Acme ").get_by_role("button", name="Done")).to_be_visible()

    await desk.says("/why")
    await expect(desk.message("End-of-day prompt: On Mon 14 Sep these were due and open:")).to_be_visible()


async def test_the_digest_comes_on_monday_morning(desk: BrowserPage):
    await desk.travels("To Monday 9:00")
    await expect(desk.page.locator("#clock")).to_contain_text("Mon 21 Sep 2026, 09:00")
    await expect(desk.side("sales")).to_contain_text("unread")
    await desk.goes_to("sales")
    digest = desk.message("Field · week of 14 Sep")
    await expect(digest).to_contain_text(re.compile(r"Q3 stands at \$[\d.]+k of \$[\d.]+k"))
    await expect(desk.side("sales")).not_to_contain_text("unread")


async def test_nothing_went_wrong_and_the_drawer_says_so(desk: BrowserPage):
    await desk.page.get_by_role("button", name="Problems, none").click()
    drawer = desk.page.get_by_role("complementary", name="Problems")
    await expect(drawer).to_contain_text("No rejected calls, no timeouts, no limits hit.")
    await expect(drawer.get_by_role("listitem")).to_have_count(0)
