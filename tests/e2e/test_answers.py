"""What a rep and a manager ask for, and what they get, before anything is due."""

import re

import pytest
from playwright.async_api import expect

from tests.e2e.browser_page import BrowserPage

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.processes]


async def test_home_shows_what_is_due_and_a_goal_in_a_line(desk: BrowserPage):
    await desk.turns_to("Home")
    home = desk.home
    await expect(home).to_contain_text("Mon 14 Sep")
    await expect(home).to_contain_text(re.compile(r"Q3 revenue\s+\$[\d.]+k of \$[\d.]+k"))
    await expect(home).to_contain_text(re.compile(r"\d+ days behind · chance (under )?\d+%"))
    await expect(home).to_contain_text("2 promises. Tick what is done.")
    await expect(home.get_by_role("checkbox")).to_have_count(2)


async def test_a_command_completes_and_sets_a_goal(desk: BrowserPage):
    await desk.composer.press_sequentially("/go")
    await expect(desk.page.get_by_role("listbox", name="Completions").get_by_role("option")).to_have_text(
        re.compile(r"^/goal")
    )
    await desk.composer.press("Tab")
    await expect(desk.composer).to_have_value("/goal ")
    await desk.composer.press_sequentially("100k this quarter")
    await desk.composer.press("Enter")
    asked = desk.message("You already have this goal")
    await expect(asked).to_contain_text("Only visible to you")
    await expect(asked).to_contain_text(re.compile(r"Change it to \$100,000 revenue, chance \d\d% "))
    await asked.get_by_role("button", name="Change to $100,000").click()
    await expect(desk.message("Goal changed: $100,000 revenue in Q3 2026")).to_be_visible()
    await desk.turns_to("Home")
    await expect(desk.home).to_contain_text(re.compile(r"Q3 revenue\s+\$[\d.]+k of \$100k"))


async def test_the_goal_form_says_what_is_wrong_under_the_field_and_then_saves(desk: BrowserPage):
    await desk.says("/goal set")
    form = desk.modal("Set a goal")
    await expect(form).to_be_visible()
    await desk.submits()
    wrong = form.get_by_role("alert")
    await expect(wrong).to_have_text("Please complete this required field.")
    await desk.input("Target").fill("a lot")
    await expect(wrong).to_have_count(0)
    await desk.submits()
    await expect(wrong).to_contain_text("“a lot” does not read as an amount.")
    await expect(desk.input("Target")).to_be_focused()
    await desk.picks("What to measure", "Meetings")
    await desk.input("Target").fill("40")
    await desk.submits()
    await expect(desk.open_modal).to_contain_text("Goal saved: 40 meetings in Q3 2026.")
    await desk.closes_modal()
    await desk.turns_to("Home")
    await expect(desk.home).to_contain_text(re.compile(r"Q3 meetings\s+\d+ of 40"))


async def test_activities_are_logged_in_a_line_and_can_be_taken_back(desk: BrowserPage):
    await desk.says("/log 5 calls 2 meetings")
    logged = desk.message("Logged 5 calls and 2 meetings.")
    await expect(logged).to_contain_text("Today so far: 5 calls and 2 meetings.")
    await logged.get_by_role("button", name="Undo").click()
    await expect(logged).to_have_count(0)


async def test_a_follow_up_is_made_in_a_line(desk: BrowserPage):
    await desk.says("/followup Acme Fri 3pm send the ROI sheet")
    await expect(desk.message("Acme send the ROI sheet")).to_contain_text("Fri 18 Sep 15:00")
    await desk.turns_to("Home")
    await expect(desk.home).to_contain_text("more within a week")
    await desk.goes_to("Rainmaker")
    await desk.says("/followup")
    listed = desk.message("open follow-ups").get_by_role("checkbox", name="Acme send the ROI sheet")
    await expect(listed).to_be_visible()


async def test_a_message_becomes_a_follow_up(desk: BrowserPage):
    await desk.goes_to("sales")
    await desk.says("Alder wants the yearly numbers")
    await desk.uses_shortcut("Follow up on this", desk.message("Alder wants the yearly numbers"))
    form = desk.modal("New follow-up")
    await expect(desk.input("What will happen?")).to_have_value("Alder wants the yearly numbers")
    await desk.submits()
    await expect(form.get_by_role("alert")).to_have_text("Please complete this required field.")
    await desk.input("Who is it with?").fill("Alder")
    await desk.submits()
    await expect(desk.open_modal).to_contain_text("Alder Alder wants the yearly numbers")
    await expect(desk.open_modal.get_by_role("link", name="The message it came from")).to_be_visible()
    await desk.closes_modal()
    await desk.goes_to("Rainmaker")
    await desk.turns_to("Home")
    await expect(desk.home.get_by_role("checkbox", name="Alder wants the yearly numbers")).to_be_visible()


async def test_hostile_words_stay_words(desk: BrowserPage):
    await desk.says("/followup <!channel> fri say <b>hi</b> to *x* and _y_ & <@U002>")
    card = desk.message("<!channel> say <b>hi</b> to *x* and _y_ & <@U002>")
    await expect(card).to_be_visible()
    await expect(card.locator("b, em, .mention, a")).to_have_count(0)
    await desk.says("/followup")
    listed = desk.message("open follow-ups")
    await expect(listed.get_by_text("<!channel>")).to_be_visible()
    await expect(listed.locator("b, .mention, a")).to_have_count(0)


async def test_another_rep_has_a_zone_a_home_and_goals_of_their_own(desk: BrowserPage):
    await desk.acts_as("Ben Ito")
    await expect(desk.page.get_by_role("complementary", name="Workspace")).to_contain_text("New York 10:0")
    await desk.turns_to("Home")
    await expect(desk.home).to_contain_text("your time zone is America/New_York")
    await desk.turns_to("Messages")
    await desk.says("/team settings")
    await expect(desk.message("can be changed by its managers")).to_contain_text("Mia Horvat")


async def test_a_manager_sets_up_a_team(desk: BrowserPage):
    await desk.acts_as("Mia Horvat")
    await desk.says("/rainmaker setup")
    form = desk.modal("Set up a team")
    await desk.submits("Next")
    await expect(form.get_by_role("alert")).to_contain_text("Please complete this required field")
    await desk.input("Team name").fill("Inside")
    await desk.submits("Next")
    await expect(form).to_contain_text("Inside · step 2 of 5")
    await desk.picks("Reps", "Femi Ade")
    await desk.page.keyboard.press("Escape")
    await expect(form).to_contain_text("Femi Ade")
    await desk.submits("Next")
    for step in (3, 4):
        await expect(form).to_contain_text(f"step {step} of 5")
        await form.get_by_role("button", name="Skip", exact=True).click()
    await expect(form).to_contain_text("United Kingdom: Femi Ade")
    await desk.submits("Make the team")
    await expect(desk.modal("Rainmaker")).to_contain_text("Public holidays of Femi Ade: United Kingdom.")
    await desk.closes_modal()
    await desk.says("/team Inside")
    await expect(desk.message("Inside", "Femi Ade rep")).to_be_visible()
