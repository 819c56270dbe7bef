"""A package that stands in for the lab."""
