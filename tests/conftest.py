"""Settings of all tests."""

from hypothesis import settings

# How long an example takes says more about the machine than about the code; speed is measured in tests/benchmarks.
settings.register_profile("timeless", settings(), deadline=None)
settings.load_profile("timeless")
