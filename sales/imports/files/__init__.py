"""Importing: what a row of a file says about a deal, account, product or person, or why it cannot stand.

Everything here is pure: lines of text in, checked values or reasons out. `storage/imports/files` opens the files
and writes the rows.
"""
