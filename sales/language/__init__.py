"""Language: dates, periods, money, names and figures, as people write and read them."""
