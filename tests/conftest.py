"""Settings of the whole suite."""

from hypothesis import settings

pytest_plugins = ("tests.databases", "tests.acting")

# The same examples in every run, and no deadline: a slow machine is no fault of the code.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")
