"""The runway: days left in which a newly created opportunity can still be won in time, at a stated share.

Last create date = period end − t_p, rolled back to a working day, where t_p is the age by which the share p
of eventual wins is won (mechanism 60, forecasts.md §3.2). Past it a new opportunity counts towards the next
period, and what is open is the work (mechanism 61).
"""
