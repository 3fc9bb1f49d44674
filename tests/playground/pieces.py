"""Blocks by hand and blocks by slackblocks, for tests of limits and transcripts."""

import slackblocks as sb


def plain(words):
    return {"type": "plain_text", "text": words}


def mrkdwn(words):
    return {"type": "mrkdwn", "text": words}


def option(value="v", words="Option"):
    return {"text": plain(words), "value": value}


def options(count):
    return [option(f"v{number}") for number in range(count)]


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def button(**more):
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def select(**more):
    return {"type": "static_select", "action_id": "s", "options": options(2), **more}


def input_(element, **more):
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def confirm(**more):
    return {
        "title": plain("Sure?"),
        "text": mrkdwn("It *goes*."),
        "confirm": plain("Yes"),
        "deny": plain("No"),
        **more,
    }


def section(words="x", **more):
    return {"type": "section", "text": mrkdwn(words), **more}


def chart(**more):
    series = [{"name": "Won", "data": [{"label": "Q1", "value": 1}]}]
    whole = {"type": "bar", "series": series, "axis_config": {"categories": ["Q1"]}}
    return {"type": "data_visualization", "title": "Pace", "chart": {**whole, **more}}


def pie(count):
    segments = [{"label": f"s{number}", "value": 1} for number in range(count)]
    return {"type": "data_visualization", "title": "Share", "chart": {"type": "pie", "segments": segments}}


def data_table(rows, columns=2, **more):
    row = [{"type": "raw_text", "text": "x"}] * columns
    return {"type": "data_table", "caption": "Deals", "rows": [row] * rows, **more}


def table(rows, columns=1):
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows}


RICH = sb.RichTextBlock(
    sb.RichTextSection([sb.RichText("hi", bold=True), sb.RichTextLink("mailto:a@b.example")])
)
BUILT = [
    sb.HeaderBlock("Title"),
    sb.SectionBlock("*Deal*", fields=["a", "b"], accessory=sb.Button("Go", "go", value="1", style="primary")),
    sb.DividerBlock(),
    sb.ContextBlock([sb.Text("small")]),
    sb.ImageBlock("https://x.example/a.png", "alt", title="Picture"),
    RICH,
    sb.ActionsBlock(
        [
            sb.Button("Go", "go", confirm=sb.Confirm(title="Sure?", text="Really", confirm="Yes", deny="No")),
            sb.DatePicker(action_id="day", initial_date="2017-09-20"),
            sb.TimePicker(action_id="hour", initial_time="16:30"),
            sb.UserSelectMenu(action_id="who", placeholder="Who"),
            sb.ConversationSelectMenu(action_id="where", placeholder="Where"),
            sb.OverflowMenu(
                "more", [sb.Option(sb.PlainText("One"), "1"), sb.Option(sb.PlainText("Two"), "2")]
            ),
        ]
    ),
    sb.TableBlock([[sb.RawText("a"), sb.RawText("b")]]),
    sb.DataTableBlock(
        [[sb.RawText("Deal"), sb.RawText("Value")], [sb.RawText("Acme"), sb.RawNumber(5, "5")]], "Deals"
    ),
    sb.DataVisualizationBlock(
        "Pace", sb.LineChart([sb.DataSeries("Won", [sb.DataPoint("Q1", 1)])], sb.AxisConfig(["Q1"]))
    ),
    sb.CardBlock(title="Acme", body="Closing", actions=[sb.Button("Open", "open")]),
    sb.MarkdownBlock("# Title"),
    sb.ContextActionsBlock(
        [sb.FeedbackButtons(sb.FeedbackButton("Yes", "y"), sb.FeedbackButton("No", "n"), "f")]
    ),
    sb.ContainerBlock([sb.DividerBlock()], title="Box"),
    sb.InputBlock("Amount", sb.NumberInput(is_decimal_allowed=True, action_id="n")),
    sb.InputBlock("Words", sb.PlainTextInput(action_id="w", multiline=True, max_length=100)),
]
