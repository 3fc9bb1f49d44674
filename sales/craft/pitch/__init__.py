"""The check of a draft: is it about them or about us, and would somebody read it to its end and answer (48, 49)?"""
