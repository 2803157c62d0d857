"""Which code this is: written on dead letters, in the user agent and by --version."""

from importlib.metadata import PackageNotFoundError, version

try:
    CODE_VERSION = version("wirewatch")
except PackageNotFoundError:  # a checkout that was never installed
    CODE_VERSION = "uninstalled"
