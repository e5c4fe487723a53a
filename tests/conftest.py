"""Settings that hold for every test."""

from __future__ import annotations

from hypothesis import settings

# The same examples on every run and machine, however slow: a test turns red by a change of the code only.
settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.load_profile("ci")
