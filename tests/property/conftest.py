"""Settings of hypothesis: the same examples on every run, nothing written to disk, no wall clock."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "otimo", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("otimo")
