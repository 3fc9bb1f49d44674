"""A file with deals, dropped on the page and chosen with the paper clip, on to its preview and in."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.browser_page import PHONE, seated

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.processes]

MANAGER = "UM01"
HEADER = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner\n"
ROWS = (
    "D1,Quay lamp,Closed Won,24000,2026-09-04,2026-07-01,Ana Kovač\n"
    "D2,Dock sign,Contract Sent,9000,2026-10-20,2026-08-01,Ana Kovač\n"
    "D3,Crane hire,Legal desk,5000,2026-10-20,2026-08-01,Ben Ito\n"
    "D4,Ferry paint,Contract Sent,700,2026-10-20,2026-08-01,Ben Ito\n"
)
DROP = """([name, text]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], name, { type: "text/csv" }));
  const target = document.getElementById("composer");
  for (const kind of ["dragenter", "dragover", "drop"]) {
    target.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
  }
}"""


async def test_a_file_is_dropped_settled_confirmed_and_undone(browser: Browser, address: str):
    async with seated(browser, address) as desk:
        await desk.opens(MANAGER)
        await desk.page.evaluate(DROP, ["deals.csv", HEADER + ROWS])
        await expect(desk.messages.filter(has=desk.page.locator("a.file")).last).to_contain_text("deals.csv")
        asked = desk.message("1 thing to settle first")
        await expect(asked).to_contain_text("What does the stage Legal desk mean?")
        await asked.get_by_role("button", name=re.compile("^Choose|Legal desk")).first.click()
        await desk.page.get_by_role("option", name="open").first.click()
        preview = desk.message("What each column is taken for")
        await expect(preview).to_contain_text("Amount → value")
        await expect(preview).to_contain_text("4 new")
        await preview.get_by_role("button", name="Confirm").click()
        done = desk.message("deals.csv is in")
        await expect(done).to_contain_text("4 new")
        await done.get_by_role("button", name="Undo").click()
        await expect(desk.message("deals.csv is taken back")).to_be_visible()
        assert desk.complaints == []
        assert desk.strayed == []
        assert await desk.problems() == []


async def test_a_file_is_chosen_on_a_phone_and_left_alone(browser: Browser, address: str):
    async with seated(browser, address, PHONE, "dark") as desk:
        await desk.opens(MANAGER)
        async with desk.page.expect_file_chooser() as chooser:
            await desk.page.get_by_role("button", name="Upload a file").click()
        content = (HEADER + ROWS.replace("Legal desk", "Contract Sent")).encode()
        await (await chooser.value).set_files(
            {"name": "export.csv", "mimeType": "text/csv", "buffer": content}
        )
        preview = desk.message("export.csv", "What each column is taken for")
        await expect(preview).to_contain_text("4 rows")
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert await desk.page.evaluate(wider) == 0
        await preview.get_by_role("button", name="Cancel").click()
        await expect(desk.message("export.csv was left alone")).to_be_visible()
        assert desk.complaints == []
        assert await desk.problems() == []
