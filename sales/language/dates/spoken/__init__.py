"""Days and times as people say them: "fri 3pm", "next Tuesday", "26 Sep", "in an hour", "end of month".

The grammar of this package finds the words; `dateparser` reads the dates and the counted ones. Left to search
by itself it takes "may", "second" and "24k" for dates.
"""
