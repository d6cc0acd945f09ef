"""Read by pytest before the settings are (see addopts): tests have a home of their own."""

import os
import tempfile

# One home for all the processes of a run: the first one makes it, the others inherit its name.
if "HEARTHPRESS_TESTS_HOME" not in os.environ:
    # In memory where there is such a folder: commits that wait for a disk make a slow suite, and prove nothing here.
    _memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    _home = tempfile.TemporaryDirectory(prefix="hearthpress-tests-", dir=_memory)
    os.environ["HEARTHPRESS_TESTS_HOME"] = _home.name
os.environ["HEARTHPRESS_HOME"] = os.environ["HEARTHPRESS_TESTS_HOME"]
os.environ["PUBLIC_ADDRESS"] = "http://testserver"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["SIGN_IN_LIMITS"] = "1000/m/ip,1000/m/key"
os.environ["HEARTHPRESS_DEMO"] = ""
