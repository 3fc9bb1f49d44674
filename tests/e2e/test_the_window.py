"""The shop window: keys, addresses, the phone frame, the tour, a played week, the traffic, limits, a fresh start."""

import json
import re
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from playground.double import BOT_TOKEN
from tests.e2e.browser_page import BrowserPage, seated

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.processes]

STEPS = 7


def strip(desk: BrowserPage, name: str) -> Locator:
    return desk.page.get_by_role("region", name=name)


def panel(desk: BrowserPage, name: str) -> Locator:
    return desk.page.get_by_role("complementary", name=name)


async def test_every_key_of_the_sheet_does_what_it_says(desk: BrowserPage):
    keys, page = desk.page.keyboard, desk.page
    await expect(desk.composer).to_be_focused()
    await keys.press("?")
    await expect(desk.composer).to_have_value("?")  # in a field a letter is a letter
    await keys.press("Backspace")
    await keys.press("Escape")
    await expect(desk.composer).not_to_be_focused()
    await keys.press("?")
    sheet = desk.modal("Keyboard")
    await expect(sheet.get_by_role("definition")).to_have_count(21)
    await keys.press("Escape")
    await expect(sheet).to_have_count(0)

    await keys.press("h")
    await expect(desk.home).to_be_visible()
    await keys.press("j")
    await expect(page.get_by_role("heading", name="# general")).to_be_visible()
    await keys.press("k")
    await keys.press("m")
    await expect(page.get_by_role("heading", name="Rainmaker", level=2).first).to_be_visible()
    await keys.press("/")
    await expect(desk.composer).to_have_value("/")
    await keys.press("Backspace")
    await keys.press("Alt+i")  # inside a field Alt says that a key is meant
    await expect(panel(desk, "Traffic")).to_be_visible()
    await keys.press("b")
    await expect(panel(desk, "Problems")).to_contain_text("No rejected calls")
    await keys.press("Escape")
    await expect(panel(desk, "Problems")).to_be_hidden()
    await expect(desk.composer).to_be_focused()  # where one came from
    await keys.press("Escape")
    await keys.press("p")
    await keys.type("Mia")
    await keys.press("Enter")
    await expect(page.get_by_role("complementary", name="Workspace")).to_contain_text("Mia Horvat ·")
    await keys.press("Escape")
    await keys.press("4")
    await expect(page.locator("#clock")).to_contain_text("17:0")
    await keys.press("t")
    await expect(page.get_by_role("textbox", name="Move the clock to")).to_be_focused()


async def test_an_address_names_a_place_and_a_reload_keeps_it(desk: BrowserPage):
    page = desk.page
    await desk.opens("mia.horvat", channel="sales", theme="dark", panel="said")
    await expect(page.get_by_role("heading", name="# sales")).to_be_visible()
    await expect(panel(desk, "What was said")).to_contain_text("Monday 14 September 2026")
    assert await page.evaluate("document.documentElement.dataset.theme") == "dark"
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Use the light theme").click()
    await page.get_by_role("button", name="Phone frame").click()
    await page.reload()
    phone = page.frame_locator("iframe")
    await expect(phone.get_by_role("heading", name="# sales")).to_be_visible()
    assert await page.evaluate("document.documentElement.dataset.theme") == "light"
    assert await phone.locator("html").evaluate("html => [innerWidth, innerHeight, html.dataset.theme]") == [
        390,
        844,
        "light",
    ]

    # what one does inside is followed outside, and the other way about
    await phone.get_by_role("button", name="Conversations").click()
    await (
        phone.get_by_role("navigation", name="Conversations").get_by_role("button", name="Rainmaker").click()
    )
    await expect(page).to_have_url(re.compile(r"as=UM01&channel=DM01&phone=1&theme=light"))
    await phone.get_by_role("tab", name="Home").click()
    await expect(page).to_have_url(re.compile(r"tab=home"))
    await desk.acts_as("Ana Kovač")
    await desk.goes_to_outside("sales")
    await expect(phone.get_by_role("heading", name="# sales")).to_be_visible()
    await phone.get_by_role("heading", name="# sales").click()
    await page.keyboard.press("f")
    await expect(page.locator("iframe")).to_have_count(0)
    await expect(page.get_by_role("main").get_by_role("heading", name="# sales")).to_be_visible()


async def test_the_tour_shows_the_main_job_and_can_be_left_and_taken_up(desk: BrowserPage):
    page, tour = desk.page, strip(desk, "Guided tour")
    await tour.get_by_role("button", name="Take the tour").click()
    for step in range(1, STEPS + 1):
        await expect(tour).to_contain_text(f"{step} of {STEPS}")
        if step == 3:
            await tour.get_by_role("button", name="Leave the tour").click()
            await expect(tour).to_be_hidden()
            await page.reload()
            await page.get_by_role("button", name="Guided tour").click()
            await expect(tour).to_contain_text(f"{step} of {STEPS}")
        await tour.get_by_role("button").first.click()
    await expect(tour).to_contain_text("That is the main job")
    await expect(page.get_by_role("heading", name="# sales")).to_be_visible()
    await expect(page.locator("#clock")).to_contain_text("Mon 21 Sep 2026, 09:00")
    await expect(desk.messages.last).to_contain_text("Sep")
    await tour.get_by_role("button", name="Leave the tour").click()
    await desk.acts_as("Ana Kovač")
    await desk.goes_to("Rainmaker")
    await expect(desk.message("ROI sheet")).to_be_visible()


async def test_a_week_is_played_until_it_is_stopped_and_can_be_read(desk: BrowserPage, tmp_path: Path):
    page = desk.page
    await page.get_by_role("button", name="Play a week").click()
    await expect(strip(desk, "A week")).to_contain_text(
        re.compile(r"Stop [3-9] of 28.*[1-9]\d* messages so far")
    )
    await strip(desk, "A week").get_by_role("button", name="Stop").click()
    read = panel(desk, "What was said")
    await expect(read).to_contain_text("messages since the week began")
    await expect(strip(desk, "A week")).to_be_hidden()
    everything = await read.get_by_role("article").count()
    await read.get_by_role("combobox", name="Whose conversation").select_option("Ana Kovač")
    hers = await read.get_by_role("article").count()
    assert 0 < hers < everything
    async with page.expect_download() as arriving:
        await read.get_by_role("link", name="Download as Markdown").click()
    await (await arriving.value).save_as(tmp_path / "said.markdown")
    text = (tmp_path / "said.markdown").read_text(encoding="utf-8")
    assert text.startswith("# What was said at Northwind Sensors")
    assert text.count("\n**") == everything
    await page.reload()
    await expect(panel(desk, "What was said")).to_contain_text("messages since the week began")


async def test_the_traffic_of_one_message_is_read_and_nothing_else(desk: BrowserPage):
    await desk.says("/log 3 calls")
    logged = desk.message("Logged 3 calls")
    await expect(logged).to_be_visible()
    await desk.uses_shortcut("Show its traffic", desk.message("I am Rainmaker"))
    traffic = panel(desk, "Traffic")
    await expect(traffic).to_contain_text("About one message")
    lines = traffic.get_by_role("listitem")
    await expect(lines.filter(has_text="chat.postMessage")).to_have_count(1)
    await expect(lines.filter(has_text="/log")).to_have_count(0)
    await lines.get_by_role("button", name="chat.postMessage").click()
    sent = json.loads(await lines.get_by_label("Sent").inner_text())
    assert sent["channel"] in ("U001", "D001")
    assert sent["blocks"]
    await traffic.get_by_role("button", name="About one message").click()
    await expect(lines.filter(has_text="/log").first).to_be_visible()
    await traffic.get_by_role("combobox", name="Whose traffic").select_option("Ben Ito")
    await expect(lines.filter(has_text="/log")).to_have_count(0)


async def test_a_fresh_start_is_asked_once_and_forgets_everything(desk: BrowserPage):
    page = desk.page
    await desk.goes_to("general")
    await desk.says("Forget this")
    await page.get_by_role("button", name="Start afresh").click()
    await (
        desk.page.get_by_role("alertdialog", name="Start afresh?")
        .get_by_role("button", name="Keep this")
        .click()
    )
    await expect(desk.message("Forget this")).to_be_visible()
    await desk.starts_afresh()
    await expect(page.locator("#clock")).to_contain_text("Mon 14 Sep 2026, 16:00")
    await desk.goes_to("general")
    await expect(desk.messages).to_have_count(0)


async def test_what_slack_would_not_show_is_said_beside_it(desk_of_its_own: BrowserPage):
    desk = desk_of_its_own
    too_long = [{"type": "section", "text": {"type": "mrkdwn", "text": "word " * 601}}]
    called = {"channel": "D001", "text": "Too long a section", "blocks": too_long}
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {BOT_TOKEN}"}) as slack,
        slack.post(f"{desk.address}api/chat.postMessage", json=called) as answer,
    ):
        assert (await answer.json())["error"] == "invalid_blocks"
    refused = desk.message("Too long a section")
    await expect(refused.get_by_role("note")).to_contain_text("Slack refused this.")
    await expect(refused.get_by_role("note")).to_contain_text(
        "block 1, text: Slack takes at most 3,000 characters"
    )
    await expect(desk.page.get_by_role("button", name="Problems, 1")).to_be_visible()


@pytest_asyncio.fixture(loop_scope="module")
async def desk_of_its_own(browser, address):
    """A desk for a test that makes Slack refuse something on purpose."""
    async with seated(browser, address) as opened:
        await opened.opens("U001")
        yield opened
        assert opened.complaints == []
