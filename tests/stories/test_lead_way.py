"""A lead's way beside what the examples hold: nobody twice, qualified and taken back, in words, forms and menus."""

from datetime import date

from sales.pipeline.opportunity import Stage
from storage.pipeline.deal_contact import contacts_of
from storage.pipeline.opportunity import OpportunityRow, live_deals
from tests.known import WORKSPACE
from tests.sales_story import deal
from tests.stories.craft.lived import has
from tests.stories.face.seen import presses
from tests.stories.pipeline.books import HERE, TODAY, days
from tests.stories.pipeline.walked import asks, fills_in, text_of, told
from tests.stories.test_lead_clock import DANA, newest, rows


async def won(town, name, owner="U1") -> None:
    async with town.bot.database.write(WORKSPACE) as scope:
        made = {
            **deal(owner, TODAY - days(40), TODAY - days(9), Stage.WON, 4_000_00, f"{name} fleet"),
            "account": name,
        }
        scope.session.add(OpportunityRow.model_validate({**made, "owner_name": "Ana Kovač"}))


# nobody twice


async def test_two_leads_for_one_person_are_asked_about(team):
    ana = team.person("ana")
    await asks(ana, "/lead add Dana Roe at Alder Yard, dana@alder.example, web form", "sales")
    said = await asks(ana, "/lead add D. Roe, DANA@alder.example, +386 1 555 010, referral", "sales")
    assert has(r"Dana Roe at Alder Yard is a lead already", said)
    assert "somebody else" not in said  # one address is one person
    await presses(ana, r"^Add what is new", where="sales")
    (row,) = await rows(team)
    assert (row.phone, row.source) == ("+386 1 555 010", "web form")
    assert len(await rows(team, "D. Roe")) == 0


async def test_a_namesake_at_another_address_is_somebody_else_once_that_is_said(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    assert has(r"is a lead already", await asks(ana, DANA, "sales"))
    await presses(ana, r"^It is somebody else", where="sales")
    assert len(await rows(team)) == 2


async def test_a_rejected_lead_that_comes_again_is_opened_again(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    await asks(ana, "/lead reject Dana Roe no budget", "sales")
    assert has(r"was rejected before: no budget", await asks(ana, DANA, "sales"))
    await presses(ana, r"^Open it again", where="sales")
    (row,) = await rows(team)
    assert (row.is_open, row.reject_reason) == (True, "")


async def test_a_lead_of_a_colleague_is_said_by_name_and_not_changed(team):
    ana, ben = team.person("ana"), team.person("ben")
    await asks(ana, DANA, "sales")
    said = await asks(ben, DANA, "sales")
    assert has(r"lead of Ana Kovač.s already", said)
    assert "Add what is new" not in said


async def test_a_lead_at_a_customer_is_asked_about_and_says_so(team):
    ana = team.person("ana")
    await won(team, "Alder Yard")
    said = await asks(ana, DANA, "sales")
    assert has(r"Alder Yard is a customer already", said)
    assert await rows(team) == []
    await presses(ana, r"^Yes, add the lead", where="sales")
    assert has(r"Alder Yard is a customer: Alder Yard fleet was won on .* by you", newest(ana))


# qualified


async def test_undoing_a_qualification_takes_the_deal_and_the_contact_back(team):
    ana = team.person("ana")
    await asks(ana, "/lead add Dana Roe, CFO at Alder Yard from web form", "sales")
    await asks(ana, "/lead qualify Dana Roe 24k", "sales")
    async with team.bot.database.read(WORKSPACE) as scope:
        (made,) = await live_deals(scope, "U1", TODAY)
        assert (made.name, made.source, made.value_minor, made.stage) == (
            "Alder Yard",
            "web form",
            24_000_00,
            Stage.SUSPECT,
        )
        (contact,) = await contacts_of(scope, made.id)
        assert (contact.name, contact.role) == ("Dana Roe", "CFO")
    await asks(ana, "/rainmaker undo", "sales")
    async with team.bot.database.read(WORKSPACE) as scope:
        assert await live_deals(scope, "U1", TODAY) == []
    (row,) = await rows(team)
    assert (row.is_open, row.deal_id) == (True, None)


async def test_a_firm_with_a_deal_is_asked_about_and_the_person_joins_it(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    await asks(ana, "/deal Alder Yard 24k", "sales")
    assert has(r"There is a deal with Alder Yard already", await asks(ana, "/lead qualify Dana Roe", "sales"))
    await presses(ana, r"^Yes, that deal", where="sales")
    assert has(r"Dana Roe belongs to Alder Yard from here on", newest(ana))
    async with team.bot.database.read(WORKSPACE) as scope:
        (made,) = await live_deals(scope, "U1", TODAY)
        assert [one.name for one in await contacts_of(scope, made.id)] == ["Dana Roe"]


async def test_a_further_deal_is_worth_what_was_said_before_it_was_asked_about(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    await asks(ana, "/deal Alder Yard 9k", "sales")
    await asks(ana, "/lead qualify Dana Roe 24k closes 15 dec", "sales")
    await presses(ana, r"^No, a new deal", where="sales")
    async with team.bot.database.read(WORKSPACE) as scope:
        found = await live_deals(scope, "U1", TODAY)
    assert [(one.value_minor, str(one.expected_on)) for one in found if one.value_minor != 9_000_00] == [
        (24_000_00, "2026-12-15")
    ]


# several, and others


async def test_several_leads_of_a_name_are_buttons(team):
    ana = team.person("ana")
    for firm in ("Alder Yard", "Birch"):
        await asks(ana, f"/lead add Dana Roe at {firm} from web form", "sales")
    assert has(r"Which Dana Roe", await asks(ana, "/lead accept Dana Roe", "sales"))
    await presses(ana, r"^This one", where="sales", near="Birch")
    assert [(one.account, one.state.value) for one in await rows(team) if one.state.value == "accepted"] == [
        ("Birch", "accepted")
    ]
    assert has(
        r"rejected: no need", await asks(ana, "/lead reject Dana Roe at Alder Yard, no budget", "sales")
    )


async def test_a_lead_is_rejected_in_a_list_in_ones_own_words(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    await asks(ana, "/lead list", "sales")
    await ana.chooses("", "Reject…", near="Dana Roe", where="sales")
    await fills_in(ana, {r"^why": "Too small for us"})
    assert has(r"Dana Roe is rejected: not our kind of customer", newest(ana))
    assert has(r"You have no open lead", newest(ana))


async def test_open_leads_go_to_whoever_takes_over(team):
    ana, ben, mia = (team.person(name) for name in ("ana", "ben", "mia"))
    await asks(ben, DANA, "sales")
    await asks(ben, "/lead add Sam Poe at Birch from web form", "sales")
    await asks(ben, "/lead reject Sam Poe no budget", "sales")
    await asks(mia, "/team", "sales")
    await mia.clicks("Hand over…", where="sales")
    await mia.chooses("Who leaves", "Ben Ito")
    await mia.chooses("Who takes over", "Ana Kovač")
    await mia.submits()
    assert "Ana Kovač has what Ben Ito had open: 1 lead." in mia.modal()
    await mia.closes(everything=True)
    assert "Dana Roe" in await asks(ana, "/lead list", "sales")
    assert "Dana Roe" not in await asks(ben, "/lead list", "sales")


# plain words, forms and menus


async def test_plain_words_do_it_too(team):
    ana = team.person("ana")
    await ana.says("new lead: Dana Roe at Alder Yard from web form")
    assert has(r"Dana Roe at Alder Yard is a lead now", "\n".join(ana.sees()[-1:]))
    await ana.says("my leads")
    assert has(r"1 open lead.*Dana Roe", "\n".join(ana.sees()[-1:]))
    await ana.says("accept lead Dana Roe")
    await ana.says("reject lead Dana Roe, too small")
    (row,) = await rows(team)
    assert (row.state.value, row.reject_reason) == ("rejected", "too small")
    await ana.says("add a lead Sam Poe at Birch")
    await ana.says("qualify lead Sam Poe")
    assert has(r"Birch", await asks(ana, "/deal", "sales"))


async def test_a_manager_acts_on_a_reps_list_and_stays_on_it_or_on_the_card(team):
    ana, mia = team.person("ana"), team.person("mia")
    await asks(ana, DANA, "sales")
    assert has(r"Ana Kovač: 1 open lead", await asks(mia, "/lead list @ana", "sales"))
    await mia.chooses("", "Accept", near="Dana Roe", where="sales")
    assert has(r"Dana Roe is accepted", newest(mia))
    assert has(r"accepted .* Ana Kovač", newest(mia))


async def test_a_lead_is_edited_and_given_in_forms(team):
    ana, mia = team.person("ana"), team.person("mia")
    await asks(mia, DANA, "sales")
    await asks(mia, "/lead Dana Roe", "sales")
    await presses(mia, r"^Assign", where="sales")
    await fills_in(mia, {r"to whom": "Ana Kovač"})
    assert has(r"Dana Roe is Ana Kovač.s lead now", newest(mia))
    await asks(ana, "/lead Dana Roe", "sales")
    await ana.chooses("", "Edit…", near="Dana Roe", where="sales")
    await fills_in(ana, {r"^phone": "+386 1 555 010", r"^source": "Referral"})
    assert has(r"Dana Roe is up to date", newest(ana))
    (row,) = await rows(team)
    assert (row.phone, row.source, row.owner_id) == ("+386 1 555 010", "Referral", "U1")
    await asks(ana, "/rainmaker undo", "sales")
    (row,) = await rows(team)
    assert (row.phone, row.source) == ("", "web form")


async def test_a_reason_is_a_tap_and_a_second_tap_another_reason(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    for reason, said in (("Not now", "not now"), ("The wrong person", "the wrong person")):
        if said != "not now":
            await presses(ana, r"^Open it again", where="sales")
        await ana.chooses("Reject…", reason, where="sales")
        assert has(rf"Dana Roe is rejected: {said}", newest(ana))


async def test_what_was_told_is_settled_where_it_was_told(team):
    ana, mia = team.person("ana"), team.person("mia")
    for name in ("Dana Roe at Alder Yard", "Sam Poe at Birch"):
        await asks(mia, f"/lead add {name}, web form for @ana", "sales")
    await team.jump("2026-09-14 11:02", HERE)
    assert has(r"2 new leads are yours", newest(ana, None))
    await ana.chooses("", "Accept", near="Dana Roe", where=team.dm("ana"))
    assert has(r"A new lead is yours", newest(ana, None))
    assert "Dana Roe" not in newest(ana, None)
    await ana.chooses("", "Called", near="Sam Poe", where=team.dm("ana"))
    found = "\n".join(text_of(ana, one) for one in told(ana, None))
    assert has(r"Nothing is left to do here", found)
    assert len(await rows(team, "Sam Poe")) == 1


async def test_nobody_of_another_team_reads_or_takes_a_lead(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    raj = team.person("raj")
    await team.known("raj")
    for line in ("/lead Dana Roe", "/lead accept Dana Roe", "/lead assign Dana Roe to me", "/lead list @ana"):
        assert "Alder Yard" not in await asks(raj, line, "sales")
    (row,) = await rows(team)
    assert (row.owner_id, row.state.value) == ("U1", "new")


# as people type


async def test_what_stands_behind_an_accepted_lead_is_said_back_as_a_promise(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    said = await asks(ana, "/lead accept dana and call her tomorrow", "sales")
    assert has(
        r"Dana Roe is accepted. Nothing is promised yet; this does it: /followup Dana Roe call her", said
    )
    assert "What is the next step?" not in said


async def test_a_word_after_a_command_with_one_letter_wrong_is_a_button(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    assert has(r"\[/lead accept dana\]", await asks(ana, "/lead accpt dana", "sales"))
    await presses(ana, r"^/lead accept dana", where="sales")
    (row,) = await rows(team)
    assert row.state.value == "accepted"


async def test_a_name_with_one_letter_wrong_is_asked_about_and_not_acted_on(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    assert has(r"Do you mean this lead", await asks(ana, "/lead reject Dna too small", "sales"))
    (row,) = await rows(team)
    assert row.is_open


async def test_a_lead_is_given_to_a_colleague_without_an_at(team):
    mia = team.person("mia")
    await team.known("ana")
    await asks(mia, DANA, "sales")
    assert has(r"Dana Roe is Ana Kovač.s lead now", await asks(mia, "/lead assign dana to ana", "sales"))
    said = await asks(mia, "/lead assign dana to zoltan", "sales")
    assert has(r"Nobody here is called @zoltan", said)
    assert "/goal" not in said
    (row,) = await rows(team)
    assert row.owner_id == "U1"


async def test_the_mend_of_an_amount_that_cannot_be_read_is_a_line_that_can_be_typed(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    said = await asks(ana, "/lead qualify dana 24k or so maybe", "sales")
    assert "Try /lead 24,000" not in said
    assert has(r"/lead qualify Dana 24k", said)


async def test_a_lead_is_qualified_with_the_day_its_deal_closes(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    await asks(ana, "/lead qualify dana 24k closes 15 dec", "sales")
    async with team.bot.database.read(WORKSPACE) as scope:
        (made,) = await live_deals(scope, "U1", TODAY)
        assert (made.value_minor, made.expected_on) == (24_000_00, date(2026, 12, 15))


async def test_a_lead_is_qualified_with_a_day_alone(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    await asks(ana, "/lead qualify dana roe closes end of october", "sales")
    async with team.bot.database.read(WORKSPACE) as scope:
        (made,) = await live_deals(scope, "U1", TODAY)
        assert (made.value_minor, made.expected_on) == (0, date(2026, 10, 31))


async def test_two_leads_with_a_reason_each_are_asked_about_and_nobody_is_rejected(team):
    ana = team.person("ana")
    for line in (DANA, "/lead add Sam Poe at Birch from web form"):
        await asks(ana, line, "sales")
    said = await asks(ana, "/lead reject dana wrong size and sam no budget", "sales")
    assert has(r"That is about Dana Roe and Sam Poe", said)
    assert has(r"\[Dana Roe: wrong size\]\s+\[Sam Poe: no budget\]", said)
    assert all(one.is_open for one in (*await rows(team), *await rows(team, "Sam Poe")))
    await presses(ana, r"^Sam Poe: no budget", where="sales")
    (sam,) = await rows(team, "Sam Poe")
    assert (sam.is_open, sam.reject_reason) == (False, "no budget")


async def test_a_reason_with_and_in_it_is_one_reason(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    assert has(
        r"Dana Roe is rejected", await asks(ana, "/lead reject dana wrong size and no budget", "sales")
    )


async def test_a_lead_that_is_put_off_says_from_when_it_is_called_again(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    said = await asks(ana, "/lead reject dana not now until october", "sales")
    assert has(r"Dana Roe is rejected: not now.*again from Thu 1 Oct on", said)


async def test_a_form_of_a_lead_saved_as_it_stood_changes_nothing(team):
    ana = team.person("ana")
    await asks(ana, DANA, "sales")
    await presses(ana, r"^(Edit|Change)", where="sales")
    await ana.submits()
    assert has(r"Nothing changed", newest(ana))
