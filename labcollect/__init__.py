"""For teachers: one table out of a folder of ledgers. Never part of the site."""
