"""The pictures of the README and the docs, taken by walking through the main job: `make pictures`.

The same code gives the same pictures on the same machine: the clock is set to a whole minute before, nothing moves, and
the sample team is always the same. The browser writes WebP itself.
"""

import asyncio
import base64
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Locator, expect

from playground.boot import PlaygroundOptions, playing
from tests.e2e.browser_page import PHONE, BrowserPage, seated
from tests.e2e.chromium import NONE_HERE, found, launched

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
WINDOW = {"width": 1200, "height": 760}
TALL = {"width": 1060, "height": 2000}  # a message is taken in one piece, however long it is
SHARPNESS = 1.25  # pixels of the picture to one of the page
QUALITY = 66
MOST_HEIGHT = 1000
MARGIN = 14  # around a thing that has none of its own
STILL = "* { animation: none !important; transition: none !important; caret-color: transparent !important; }"
QUIET = "localStorage.setItem('playground-tour', 'left')"


PLANS = (
    "/plan add referral: if a client thanks us then ask for one name; steps: list ten clients by wed, ask two by fri",
    "/plan add event: if a fair is announced then book three talks; steps: pick two fairs by thu",
)
TOLD = {
    "Who is it, what role?": "Dana Poe, CFO",
    "What changed there?": "They open a second depot in Leeds",
    "Worth to them?": "Forty hours of sorting a month",
    "What could stop it?": "Legal wants our insurance papers",
    "How much?": "24k",
}
DRAFT = (
    "We are the leading provider of innovative yard solutions. Our platform is cutting-edge. "
    "Do you have 15 minutes on your calendar?"
)


class Camera:
    """Takes pictures of one window into one folder."""

    def __init__(self, desk: BrowserPage, folder: Path) -> None:
        self.desk, self.folder = desk, folder

    async def takes(self, name: str, what: Locator | None = None, margin: int = 0) -> None:
        """Write `name`.webp: the window, or one thing in it."""
        page = self.desk.page
        await page.add_style_tag(content=STILL)
        await page.mouse.move(0, 0)
        await page.evaluate("document.activeElement?.blur()")
        box = await self._box(what, margin)
        session = await page.context.new_cdp_session(page)
        clip = {**box, "height": min(box["height"], MOST_HEIGHT), "scale": SHARPNESS}
        shot = await session.send(
            "Page.captureScreenshot", {"format": "webp", "quality": QUALITY, "clip": clip}
        )
        picture = base64.b64decode(shot["data"])
        (self.folder / f"{name}.webp").write_bytes(picture)
        sys.stdout.write(f"{name}.webp  {len(picture) / 1000:.0f} kB\n")

    async def answer(self, name: str, command: str, says: str) -> None:
        """Give a command, and take its answer."""
        await self.desk.says(command)
        shown = self.desk.message(says)
        await expect(shown).to_be_visible()
        await self.takes(name, shown)

    async def _box(self, what: Locator | None, margin: int) -> dict[str, float]:
        if what is None:
            size = self.desk.page.viewport_size or WINDOW
            return {"x": 0, "y": 0, "width": size["width"], "height": size["height"]}
        await what.scroll_into_view_if_needed()
        box = await what.bounding_box()
        if box is None:
            raise RuntimeError(f"{what} is not on the screen")
        x, y = box["x"] - margin, box["y"] - margin
        return {"x": x, "y": y, "width": box["width"] + 2 * margin, "height": box["height"] + 2 * margin}


async def take(desk: BrowserPage, phone: BrowserPage, folder: Path) -> None:
    """Walk through the main job, with a picture of each surface."""
    camera = Camera(desk, folder)
    page = desk.page
    await desk.opens("ana.kovac", theme="light")
    await page.set_viewport_size(TALL)
    await camera.answer("command-log", "/log 5 calls 2 meetings", "Logged 5 calls")
    await camera.answer("command-followup", "/followup Acme Fri 3pm send the ROI sheet", "ROI sheet")
    await camera.answer("command-goal", "/goal revenue", "Q3")
    await camera.answer("command-runway", "/runway", "Q4")

    await prepared(desk, camera)

    await desk.travels("To 16:30")
    evening = desk.messages.last
    await expect(evening).to_contain_text("open")
    await page.set_viewport_size(WINDOW)
    await page.locator("#scroller").evaluate("it => it.scrollTop = it.scrollHeight")
    await camera.takes("playground")
    await page.set_viewport_size(TALL)
    await camera.takes("evening", evening)
    await camera.answer("command-why", "/why", "Sent")

    await desk.turns_to("Home")
    await expect(desk.home).to_contain_text("14 Sep")
    await camera.takes("home", page.locator(".home-body"), MARGIN)
    await phone.opens("ana.kovac", tab="home", theme="light", bare="1")
    await expect(phone.home).to_contain_text("14 Sep")
    await Camera(phone, folder).takes("home-phone")

    await desk.opens("mia.horvat", tab="home", theme="light")
    await expect(desk.home).to_contain_text("14 Sep")
    await camera.takes("home-manager", page.locator(".home-body"), MARGIN)
    await desk.travels("To Monday 9:00")
    await desk.goes_to("sales")
    await camera.takes("digest", desk.messages.last)
    await take_leads(desk, camera)
    await take_practice(desk, camera)


async def take_leads(desk: BrowserPage, camera: Camera) -> None:
    """The four lights, a lead, and whom to call first; at the end, as leads would stand on other pictures too."""
    await desk.opens("ana.kovac", theme="light")
    await desk.page.set_viewport_size(TALL)
    await camera.answer("command-lights", "/why lights", "Right thing")
    await desk.says("/lead add Otto Lang at Volta, otto@volta.example, referral")
    await expect(desk.message("Otto Lang")).to_be_visible()
    line = "/lead add Tina Berg, CFO at Harbor Lane, +386 40 111 222, web form"
    await camera.answer("command-lead", line, "Tina Berg")
    await camera.answer("command-lead-next", "/lead next", "to call")


async def take_practice(desk: BrowserPage, camera: Camera) -> None:
    """A card with its answer, as a rep has it, and what their manager reads of the team."""
    await desk.opens("ana.kovac", theme="light")
    await desk.page.set_viewport_size(TALL)
    await desk.says("/drill")
    card = desk.message("Drill, 1 of")
    await card.get_by_role("button", name="Show the answer").click()
    await expect(card).to_contain_text("How well did you have it")
    await camera.takes("command-drill", card)
    await card.get_by_role("button", name="Good", exact=True).click()
    await expect(desk.message("Drill, 2 of")).to_be_visible()
    await desk.opens("mia.horvat", theme="light")
    await camera.answer("command-skills", "/team skills", "Skills in")


async def prepared(desk: BrowserPage, camera: Camera) -> None:
    """A plan, a talk prepared from a name alone, and a draft that is checked."""
    for line in PLANS:
        await desk.says(line)
    await camera.answer("command-plan", "/plan", "Referral")
    await desk.says("/prep Alder Yard")
    offered = desk.message("One form prepares you")
    await offered.get_by_role("button", name="Prepare…").click()
    for label, told in TOLD.items():
        await desk.input(label).fill(told)
    await desk.open_modal.get_by_role("checkbox", name="They decide").click()
    await camera.takes("prepare", desk.open_modal)
    await desk.submits()
    brief = desk.message("4 of 4 ready")
    await expect(brief).to_be_visible()
    await camera.takes("command-prep", brief)
    await camera.answer("command-pitch", f"/pitch {DRAFT}", "of 100")


async def main() -> int:
    path = found()
    if path is None:
        sys.stderr.write(f"{NONE_HERE}\n")
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.webp"):
        old.unlink()
    with tempfile.TemporaryDirectory() as home:
        async with (
            playing(PlaygroundOptions(port=0)) as opened,
            launched(path, Path(home)) as browser,
            seated(browser, opened.partition("?")[0], TALL) as desk,
            seated(browser, opened.partition("?")[0], PHONE) as phone,
        ):
            for window in (desk, phone):
                await window.page.add_init_script(QUIET)
            await take(desk, phone, PICTURES)
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
