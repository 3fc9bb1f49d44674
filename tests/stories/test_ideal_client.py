"""The ideal client beside what the examples of leads hold: words, slips, circles, undo, whose it is."""

from tests.stories.craft import lived
from tests.stories.craft.lived import has
from tests.stories.face.seen import presses
from tests.stories.leads import books as leads
from tests.stories.pipeline import books
from tests.stories.pipeline.books import TODAY, days
from tests.stories.pipeline.walked import asks, fills_in, text_of, told
from tests.story_workspace import StoryWorkspace

WORDS = "/team ideal sells on value; 50-500 employees; sectors logistics, retail"


async def wanted(team: StoryWorkspace):
    """The team sells on value to logistics and retail of 50 to 500 people; Ana and Mia."""
    ana, mia = team.person("ana"), team.person("mia")
    await asks(mia, WORDS, "sales")
    return ana, mia


async def test_a_manager_writes_it_down_in_words(team):
    ana, mia = await wanted(team)
    said = await asks(ana, "/team ideal", "sales")
    assert has(r"sell on value.*Employees\*?\s+50 to 500.*Sectors\*?\s+logistics, retail", said)
    assert "[Edit ideal client]" not in said
    await asks(mia, "/team ideal national, 2+ locations", "sales")
    said = await asks(mia, "/team ideal", "sales")
    assert has(r"50 to 500.*2 or more.*national.*logistics, retail", said)
    await asks(mia, "/rainmaker undo", "sales")
    assert not has(r"2 or more", await asks(mia, "/team ideal", "sales"))


async def test_a_team_that_states_no_size_is_measured_by_attitude_alone(team):
    ana, mia = team.person("ana"), team.person("mia")
    await asks(mia, "/team ideal sells on service", "sales")
    said = await asks(ana, "/lead account Alder 120 employees, buys on service", "sales")
    assert has(r"attitude 10/10", said)
    assert not has(r"size", said)
    assert has(r"attitude of 1 of 1 account is known", await asks(mia, "/team ideal", "sales"))


async def test_a_rep_does_not_change_it_and_odd_words_open_the_form(team):
    ana, mia = await wanted(team)
    assert has(r"can be changed by its managers", await asks(ana, "/team ideal sectors ports", "sales"))
    assert has(r"could not place “friendly people”", await asks(mia, "/team ideal friendly people", "sales"))
    await presses(mia, r"Fill in the form", where="sales")
    assert "Company size in employees" in mia.modal()


async def test_what_is_known_of_an_account_is_said_in_a_line(team):
    ana, _ = await wanted(team)
    said = await asks(ana, "/lead account Alder 120 employees, sector logistics", "sales")
    assert has(r"Noted of Alder: employees and sector.*size 10/10", said)
    said = await asks(ana, "/lead account Alder buys on price: asked for three quotes", "sales")
    assert has(r"size 10/10, attitude 0/10: buys on price", said)
    assert has(r"Buys on price, “asked for three quotes” \(you, 14 Sep\)", said)
    await asks(ana, "/rainmaker undo", "sales")
    assert has(r"Attitude is not known yet", await asks(ana, "/lead account Alder", "sales"))
    await asks(ana, "/rainmaker undo", "sales")
    assert has(r"not known yet: 0 of", await asks(ana, "/lead account Alder", "sales"))


async def test_a_slip_of_a_name_is_asked_about(team):
    ana, _ = await wanted(team)
    await asks(ana, "/lead account Granary 120 employees", "sales")
    assert has(r"Did you mean Granary\?", await asks(ana, "/lead account Granery 130 employees", "sales"))
    await presses(ana, r"No, Granery", where="sales")
    assert has(r"Granary.*employees 120", await asks(ana, "/lead account Granary", "sales"))
    assert has(r"Granery.*employees 130", await asks(ana, '/lead account "Granery"', "sales"))


async def test_a_circle_is_named_and_mended(team):
    ana, _ = await wanted(team)
    await asks(ana, "/lead account Alder part of Birch", "sales")
    said = await asks(ana, "/lead account Birch part of Alder", "sales")
    assert has(r"Birch and Alder belong to each other in a circle", said)
    assert not has(r"circle", await asks(ana, "/lead account Birch parent none", "sales"))
    assert has(r"cannot be part of itself", await asks(ana, "/lead account Birch part of Birch", "sales"))


async def test_a_profile_that_fits_nobody_says_what_does_it(team):
    _, mia = await wanted(team)
    for number in range(6):
        await asks(mia, f"/lead account Firm {number}x 90 employees, sector retail", "sales")
    said = await asks(mia, "/team ideal 5000+ employees", "sales")
    assert has(r"Saved: .*Nobody fits", said)
    said = await asks(mia, "/team ideal", "sales")
    assert has(r"Nobody fits\*?: 0 of 6 accounts.*employees, 5,000 or more.*0 of 6 meet it", said)
    assert has(r"without it 6 would fit", said)


async def test_a_verdict_is_taken_back_on_the_card(team):
    ana = team.person("ana")
    await books.stands(team, "Granary")
    card = await asks(ana, "/deal Granary", "sales")
    assert "[Can they, will they…]" in card
    assert not has(r"find out\*?:", card)
    await presses(ana, r"Can they", where="sales")
    await fills_in(ana, {r"budget": "No", r"decides|need|want": "Yes", r"shows": "Frozen until May"})
    said = await asks(ana, "/deal Granary", "sales")
    assert has(r"Stop\*?: there is no budget\. The choice is yours\..*“Frozen until May”", said)
    await asks(ana, "/rainmaker undo", "sales")
    assert not has(r"Stop\*?:", await asks(ana, "/deal Granary", "sales"))


async def test_a_new_deal_of_a_known_firm_says_how_it_fits(team):
    ana, _ = await wanted(team)
    await asks(ana, "/lead account Alder 120 employees, buys on price", "sales")
    said = await asks(ana, "/deal Alder 10k", "sales")
    assert has(r"Stop\*?: they buy on price, which you do not sell on", said)
    assert has(r"size 10/10, attitude 0/10: buys on price", said)


async def test_a_lead_of_a_known_firm_says_how_it_fits(team):
    ana, _ = await wanted(team)
    await asks(ana, "/lead account Alder 120 employees, buys on price", "sales")
    await asks(ana, "/lead add Dana Cole at Alder from webinar", "sales")
    await asks(ana, "/lead add Rob Fox at Birch from webinar", "sales")
    assert has(r"size 10/10, attitude 0/10: buys on price", await asks(ana, "/lead Dana Cole", "sales"))
    assert has(r"Size and attitude are not known yet", await asks(ana, "/lead Rob Fox", "sales"))


async def test_reps_are_asked_by_name_and_again_only_in_a_new_round(team):
    ana, ben, mia = team.person("ana"), team.person("ben"), team.person("mia")
    assert has(r"asked nobody", await asks(ana, "/team agree", "sales"))
    assert has(r"managers", await asks(ana, "/team agree @ana @ben", "sales"))
    assert has(r"Name 2 to 12", await asks(mia, "/team agree @ana", "sales"))
    before = lived.mark(ana, ben)
    assert has(r"Asked: Ana Kovač and Ben Ito", await asks(mia, "/team agree @ana @ben", "sales"))
    await lived.lives(team, TODAY, TODAY + days(1))
    for person in (ana, ben):
        found = [one for one in lived.since(person, before) if has(r"ideal client look like", one)]
        assert len(found) == 1
    await presses(ana, r"^Describe", where=ana._place(None).id)
    await fills_in(ana, {r"sector": "Harbours"})
    assert has(
        r"You describe your ideal client so: sectors Harbours", await asks(ana, "/team agree", "sales")
    )
    said = await asks(mia, "/team agree", "sales")
    assert has(r"1 of 2 answered", said)
    assert "Harbours" not in said


async def test_an_empty_description_is_asked_for_one_thing(team):
    ana, mia = team.person("ana"), team.person("mia")
    await asks(mia, "/team agree @ana @ben", "sales")
    await asks(ana, "/team agree", "sales")
    await presses(ana, r"^Describe", where="sales")
    await ana.submits()
    assert has(r"Describe at least one thing", str(ana.modal_errors()))


async def test_a_question_that_is_taken_back_is_not_sent(team):
    ben, mia = team.person("ben"), team.person("mia")
    await asks(mia, "/team agree @ana @ben", "sales")
    await asks(mia, "/rainmaker undo", "sales")
    before = lived.mark(ben)
    await lived.lives(team, TODAY, TODAY)
    assert not [one for one in lived.since(ben, before) if has(r"ideal client", one)]


async def test_a_month_that_is_looked_back_on_proposes_what_its_losses_say(team):
    _, mia = await wanted(team)
    await leads.lost_and_looked_back(team, "Retail", 1, 6)
    await leads.lost_and_looked_back(team, "Logistics", 7, 0)
    before = lived.mark(mia)
    await lived.lives(team, TODAY + days(17), TODAY + days(21), hours=("10:10",))
    found = [one for one in lived.since(mia, before) if has(r"Leave out retail", one)]
    assert len(found) == 1
    assert has(r"6 of the 7 deals", found[0])
    await presses(mia, r"^Accept", where=mia._place(None).id)
    assert has(r"Your ideal client says so now", mia.sees()[-1])
    assert has(r"Leave out retail", "\n".join(mia.sees()))
    assert not has(r"retail", await asks(mia, "/team ideal", "sales"))
    await presses(mia, r"^Decline", where=mia._place(None).id)
    assert has(r"decided already", mia.sees()[-1])


async def test_a_form_of_a_deal_saved_as_it_stood_changes_nothing(team):
    ana = team.person("ana")
    await books.stands(team, "Granary")
    for answers in ({}, {r"budget": "No"}):
        if answers:
            await asks(ana, "/deal Granary", "sales")
            await presses(ana, r"Can they", where="sales")
            await fills_in(ana, answers)
            assert has(r"Saved", text_of(ana, told(ana, "sales")[-1]))
        await asks(ana, "/deal Granary", "sales")
        await presses(ana, r"Can they", where="sales")
        await ana.submits()
        said = text_of(ana, told(ana, "sales")[-1])
        assert has(r"Nothing changed", said), said
        assert "[Undo]" not in said
