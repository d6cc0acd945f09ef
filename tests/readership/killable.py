"""A web server that may be killed: its first process keeps the socket and starts another server whenever one dies.

Run as `python -m tests.readership.killable`. It prints its port, and then the process id of each server it starts.
"""

import os
import socket
from importlib import import_module
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from hearthpress.readership.agents import judge_agent


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Nothing: the test listens to the process ids alone."""


class ThreadedServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def serve(listening: socket.socket, application: WSGIHandler) -> None:
    server = ThreadedServer(("127.0.0.1", 0), QuietHandler, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.base_environ = {"SERVER_NAME": "testserver", "SERVER_PORT": "80", "GATEWAY_INTERFACE": "CGI/1.1"}
    server.set_app(application)
    server.serve_forever()


def main() -> None:
    django.setup()
    application = WSGIHandler()
    # All imports are done before the first fork, so that a new server answers at once.
    import_module(settings.ROOT_URLCONF)
    judge_agent("")
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(listening.getsockname()[1], flush=True)  # noqa: T201  the test reads it
    while True:
        child = os.fork()
        if child == 0:
            serve(listening, application)
        print(child, flush=True)  # noqa: T201  the test reads it
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
