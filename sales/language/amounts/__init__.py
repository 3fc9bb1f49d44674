"""Amounts in sentences: "Acme 24k", "about €30k", "2k a month for 12 months"; what is unclear is asked about.

"24k-30k", "24k or 30k", "10k + 5k" and "24k x 3" are questions: both ends, the parts, what they come to.
"""

from sales.language.amounts.reading import (
    Amount,
    amount_place,
    find_amount,
    has_marked_amount,
    parse_amount,
    typed_amount,
)

__all__ = ["Amount", "amount_place", "find_amount", "has_marked_amount", "parse_amount", "typed_amount"]
