"""Plans in words: the page, the forms, a line beside a goal, and the week's check-in."""
