"""A rep's week, end to end: a goal, the day's work, the evening, a snooze, and the team's Monday."""


async def test_from_a_goal_to_the_monday_digest(team):
    ana, mia = team.person("ana"), team.person("mia")

    await ana.opens_home()
    assert "No goal runs now" in ana.home()
    assert sum("Hello Ana" in text for text in ana.sees()) == 1

    [said] = await ana.says("/goal 120k this quarter")
    assert "$120,000" in said
    assert "Q3 2026" in said

    [said] = await ana.says("/log 5 calls 2 meetings")
    assert "5 calls" in said
    assert "2 meetings" in said

    await ana.says("/deal Acme 24k")
    [said] = await ana.says("/deal won Acme 26k")
    assert "$26,000 of $120,000" in said

    await ana.says("/followup Initech today send the ROI sheet because they asked what it saves")
    await ana.says("/followup Globex today call Dana about the pilot")
    await ana.says("/followup Hooli tomorrow book the demo")
    await ana.opens_home()
    assert "Q3 revenue  $26k of $120k" in ana.home()
    assert "Initech" in ana.home()

    await team.jump("16:36", "Europe/Ljubljana")
    [prompt] = [text for text in ana.sees() if "are still open" in text]
    assert "2 promises are still open" in prompt
    assert "Tomorrow Hooli book the demo · nothing else" in prompt
    assert "Logged today  5 calls and 2 meetings" in prompt
    assert prompt.rindex("$26k of $120k") > prompt.rindex("Logged today")

    await ana.ticks("Initech", where=team.dm("ana"))
    await ana.clicks("Move or drop…", where=team.dm("ana"))
    await ana.ticks("Globex")
    await ana.chooses("What happens to them?", "Bring up again in an hour")
    await ana.submits()
    [prompt] = [text for text in ana.sees() if "Logged today" in text]
    assert "1 promise is still open" in prompt
    assert "☐ Globex call Dana about the pilot (17:3" in prompt
    assert "☐ Initech" not in prompt

    await team.jump("17:40", "Europe/Ljubljana")
    assert any("Due: Globex" in text for text in ana.sees())

    await team.jump("to monday", "Europe/Ljubljana")
    await team.jump("09:10", "Europe/Ljubljana")
    [digest] = [text for text in mia.sees("sales") if "Rainmaker" in text]
    assert "Acme" in digest
    assert "$26,000" in digest or "$26k" in digest

    [why] = await ana.says("/why")
    assert "End-of-day prompt" in why
    assert "Reminder" in why
