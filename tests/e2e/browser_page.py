"""The desk: what a person does with the playground's page and sees on it, found as a person finds it."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, Locator, Page, expect

PATIENCE = 30_000  # ms; nothing waits that long, but a busy machine may
LAPTOP = {"width": 1360, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass
class BrowserPage:
    """One browser window on the playground."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    strayed: list[str] = field(default_factory=list)

    # going places

    async def opens(self, person: str, **place: str) -> None:
        """Open the page as a person and wait until it is there."""
        asked = "&".join(f"{name}={value}" for name, value in {"as": person, **place}.items())
        await self.page.goto(f"{self.address}?{asked}")
        await expect(self.page.get_by_text("App connected")).to_be_attached()
        await expect(self.page.get_by_role("main")).to_be_visible()

    async def goes_to(self, conversation: str) -> None:
        """Click a conversation in the sidebar."""
        await self.side(conversation).click()
        await expect(self.page.get_by_role("main").get_by_role("heading", level=2).first).to_contain_text(
            conversation
        )

    async def goes_to_outside(self, conversation: str) -> None:
        """Click a conversation beside the phone frame."""
        await self.side(conversation).click()

    async def starts_afresh(self) -> None:
        """Throw the workspace away, and wait for the new one's page."""
        before = await self.born()
        await self.page.get_by_role("button", name="Start afresh").click()
        asked = self.page.get_by_role("alertdialog", name="Start afresh?")
        async with self.page.expect_navigation():
            await asked.get_by_role("button", name="Start afresh").click()
        await expect(self.page.get_by_text("App connected")).to_be_attached()
        assert await self.born() != before
        # Between the old workspace and the new one nobody answers, which the browser notes by itself.
        self.complaints[:] = [one for one in self.complaints if "ERR_CONNECTION_REFUSED" not in one]

    async def born(self) -> str:
        """Which workspace this is, among those of one address."""
        state: dict[str, Any] = await self.page.evaluate(
            "fetch('/page/state').then((answer) => answer.json())"
        )
        return str(state["workspace"]["born"])

    def side(self, conversation: str) -> Locator:
        listed = self.page.get_by_role("navigation", name="Conversations").get_by_role("button")
        return listed.filter(has_text=conversation)

    async def turns_to(self, tab: str) -> None:
        """Choose Home or Messages above the app's direct message."""
        await self.page.get_by_role("tab", name=tab).click()

    async def acts_as(self, name: str) -> None:
        """Choose somebody else in the bar, by the beginning of the name."""
        await self.page.get_by_role("button", name="Act as:").click()
        await self.page.get_by_role("combobox", name="Search Act as").fill(name)
        await self.page.keyboard.press("Enter")
        await expect(self.page.get_by_role("complementary", name="Workspace")).to_contain_text(f"{name} ·")

    async def travels(self, jump: str) -> None:
        """Move the clock with a button of the bar, and wait until it arrived."""
        bar = self.page.locator("#clock")
        await bar.get_by_role("button", name=jump, exact=True).click()
        await expect(bar).not_to_have_attribute("aria-busy", "true")

    # speaking

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name="Message", exact=True)

    async def says(self, text: str) -> None:
        """Type a line and send it."""
        await self.composer.fill(text)
        await self.composer.press("Enter")
        await expect(self.composer).to_have_value("")

    async def uses_shortcut(self, name: str, message: Locator) -> None:
        """Point at a message, open its menu and choose a shortcut."""
        await message.hover()
        await message.get_by_role("button", name="More actions").click()
        await self.page.get_by_role("menuitem", name=name).click()

    # seeing

    def message(self, *words: str) -> Locator:
        """The newest message that holds all of these words."""
        found = self.messages
        for said in words:
            found = found.filter(has_text=said)
        return found.last

    @property
    def messages(self) -> Locator:
        return self.page.get_by_role("log", name="Messages").get_by_role("article")

    @property
    def home(self) -> Locator:
        return self.page.get_by_role("tabpanel", name="Home")

    def modal(self, title: str) -> Locator:
        return self.page.get_by_role("dialog", name=title, exact=True)

    @property
    def open_modal(self) -> Locator:
        return self.page.get_by_role("dialog")

    async def closes_modal(self) -> None:
        """Press the button at its foot that closes it."""
        await self.open_modal.get_by_text("Close", exact=True).click()
        await expect(self.open_modal).to_have_count(0)

    def input(self, label: str) -> Locator:
        """A text field of the open modal, by its label."""
        name = re.compile(rf"^{re.escape(label)}( \(optional\))?$")
        return self.open_modal.get_by_role("textbox", name=name)

    async def picks(self, label: str, wanted: str) -> None:
        """Choose from a select of the open modal, by the beginning of the choice."""
        modal = self.open_modal
        await modal.get_by_role("button", name=re.compile(rf"^{re.escape(label)}( \(optional\))?: ")).click()
        await modal.get_by_role("option", name=re.compile(rf"^{re.escape(wanted)}")).click()

    async def submits(self, button: str = "Save") -> None:
        await self.open_modal.get_by_role("button", name=button, exact=True).click()

    async def sorts(self, place: Locator, words: str, what: str) -> None:
        """Move or drop one of a list's promises in the form for it."""
        await place.get_by_role("button", name="Move or drop…").click()
        form = self.modal("Move or drop")
        await form.get_by_role("checkbox", name=words).click()
        await form.get_by_role("radio", name=what).click()
        await self.submits()
        await expect(form).to_have_count(0)

    async def problems(self) -> list[str]:
        """What the Problems drawer would list."""
        state: dict[str, Any] = await self.page.evaluate(
            "fetch('/page/state' + location.search).then((answer) => answer.json())"
        )
        return [problem["text"] for problem in state["problems"]]


@asynccontextmanager
async def seated(
    browser: Browser, address: str, size: dict[str, int] = LAPTOP, scheme: str = "light"
) -> AsyncIterator[BrowserPage]:
    """Open a window of a fresh profile; it notes what the page complains of and whom it asks."""
    context = await browser.new_context(
        viewport=size, color_scheme=scheme, locale="en-US", timezone_id="UTC", service_workers="block"
    )
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = await context.new_page()
    desk = BrowserPage(page, address)
    page.on("pageerror", lambda error: desk.complaints.append(str(error)))
    page.on("console", lambda line: desk.complaints.append(line.text) if line.type == "error" else None)
    ours = urlsplit(address).netloc
    context.on(
        "request",
        lambda request: (
            None
            if request.url.startswith("data:") or urlsplit(request.url).netloc == ours
            else desk.strayed.append(request.url)
        ),
    )
    yield desk
    await context.close()
