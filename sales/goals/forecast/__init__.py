"""Forecasts: P(hit) with what it rests on; each figure can be scored afterwards (forecasts.md §2, §4).

`snapshot_of` reads a team's deals once a day, `forecast` says P(hit) of one goal and why; `moved` says what
changed it since a day, `moves` what would change it. `score` and `difference` judge resolved forecasts, `luck_of_*`
and `compare` judge results before anybody is coached or ranked on them.
"""
