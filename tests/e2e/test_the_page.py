"""The page itself: narrow windows, dark ones, and a keyboard alone."""

import asyncio

import pytest
from playwright.async_api import Browser, Route, expect

from tests.e2e.browser_page import PHONE, BrowserPage, seated

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.processes]

WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def test_a_phone_in_the_dark_shows_everything_in_its_width(browser: Browser, address: str):
    async with seated(browser, address, PHONE, "dark") as desk:
        await desk.opens("U001")
        await expect(desk.message("I am Rainmaker")).to_be_visible()
        assert await desk.page.evaluate(WIDER_THAN_THE_WINDOW) == 0
        assert await desk.page.evaluate("document.documentElement.dataset.theme") == "dark"

        await desk.turns_to("Home")
        await expect(desk.home).to_contain_text("Tick what is done.")
        assert await desk.page.evaluate(WIDER_THAN_THE_WINDOW) == 0
        await desk.home.get_by_role("button", name="More actions").first.click()
        await desk.page.get_by_role("menuitem", name="Set a goal").click()
        form = desk.modal("Set a goal")
        await expect(form).to_be_visible()
        box = await form.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        await desk.page.keyboard.press("Escape")
        await expect(form).to_have_count(0)

        await desk.page.get_by_role("button", name="Conversations").click()
        await desk.goes_to("sales")
        await expect(desk.message("Field · week of 7 Sep")).to_be_visible()
        assert await desk.page.evaluate(WIDER_THAN_THE_WINDOW) == 0
        assert desk.complaints == []
        assert desk.strayed == []


async def test_a_keyboard_is_enough_to_set_a_goal(desk: BrowserPage):
    keys = desk.page.keyboard
    await expect(desk.composer).to_be_focused()
    await keys.type("/goal set")
    await keys.press("Enter")
    await expect(desk.input("Target")).to_be_focused()
    await keys.type("6 pieces of cake")
    await keys.press("Enter")
    await expect(desk.modal("Set a goal")).to_contain_text("“6 pieces of cake” does not read as an amount.")
    await expect(desk.input("Target")).to_be_focused()
    await keys.press("Shift+Tab")
    await keys.press("Enter")
    await expect(desk.open_modal.get_by_role("combobox", name="Search What to measure")).to_be_focused()
    await keys.type("dem")
    await keys.press("Enter")
    await expect(desk.open_modal.get_by_role("button", name="What to measure: Demos")).to_be_focused()
    await keys.press("Tab")
    await keys.press("Control+A")
    await keys.type("12")
    await keys.press("Enter")
    await expect(desk.open_modal).to_contain_text("12 demos: no chance yet. Not enough yet:")
    save = desk.open_modal.get_by_role("button", name="Save")
    for _ in range(8):
        await keys.press("Tab")
        if await save.evaluate("button => button === document.activeElement"):
            break
    await expect(save).to_be_focused()
    await keys.press("Enter")
    await expect(desk.open_modal).to_contain_text("Goal saved: 12 demos in Q3 2026.")
    await keys.press("Escape")
    await expect(desk.open_modal).to_have_count(0)


async def test_a_form_left_while_its_answer_is_awaited_closes_when_the_answer_comes(desk: BrowserPage):
    arrives = asyncio.Event()

    async def late(route: Route) -> None:
        answer = await route.fetch()
        await arrives.wait()
        await route.fulfill(response=answer)

    await desk.page.route("**/page/modal/submit", late)
    await desk.says("/goal set")
    await desk.input("Target").fill("a lot")
    await desk.submits()
    await desk.page.keyboard.press("Escape")
    await expect(desk.open_modal).to_be_visible()
    arrives.set()
    await expect(desk.open_modal).to_have_count(0)


async def test_an_unknown_command_and_a_wrong_word_are_answered_with_the_mend(desk: BrowserPage):
    await desk.says("/log 5 flurbs")
    await expect(desk.message("“flurbs” is not something Rainmaker counts.")).to_contain_text(
        "Try /log 5 calls"
    )
    await desk.says("/goal nonsense")
    await expect(desk.message("The goal lacks a number.")).to_contain_text("Try /goal 120k this quarter")
    await desk.says("/nosuchthing")
    await expect(desk.message("is not a valid command")).to_contain_text("Slackbot")
