"""The web server as `hearthpress serve` runs it, started again whenever it is gone, so that a test may kill it.

Run as `python -m tests.readership.killable WORKERS` with PORT in the environment. It prints the process id of each
server that it starts: the leader of a process group, whose members are granian's own process and its workers.
"""

import os
import sys
from importlib import import_module

import django
from django.conf import settings

from hearthpress.readership.agents import judge_agent


def main(workers: int) -> None:
    django.setup()
    # All imports are done before the first fork, so that a new server answers at once. What opens files or threads
    # when it is imported (hearthpress.rsgi) is imported by each worker itself.
    for name in (settings.ROOT_URLCONF, "hearthpress.edge.inside", "hearthpress.readership.wiring"):
        import_module(name)
    judge_agent("")
    while True:
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            import_module("hearthpress.server").web_server(workers).serve()
            os._exit(0)
        print(child, flush=True)  # noqa: T201  the test reads it
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
