"""Days and times as people say them: "fri 3pm", "next Tuesday", "26 Sep", "in an hour", "end of month".

The grammar is this package's own, whole: a library that searches by itself takes "may", "second" and "24k" for dates,
and to load one and count with it costs a start a third of a second and eight MiB.
"""
