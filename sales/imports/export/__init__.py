"""The way out: what a workspace owns as tables that a person reads, harmless in a spreadsheet, and read in again."""
