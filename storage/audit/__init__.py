"""The audit's memory: answers to findings, checks switched off, and what each check was worth."""
