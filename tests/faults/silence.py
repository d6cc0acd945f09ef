"""In a network of its own (`unshare --net`): a PostgreSQL that is cut off, without a word, once we are connected to it.

Prints what each of our connections makes of that.
"""

import os
import socket
import subprocess
import sys
import threading

# AuthenticationOk and ReadyForQuery: https://www.postgresql.org/docs/current/protocol-message-formats.html
WELCOME = b"R\0\0\0\x08\0\0\0\0" + b"Z\0\0\0\x05I"


def turn(line: str) -> None:
    subprocess.run(["ip", "link", "set", "lo", line], check=True)


def welcome_all(listening: socket.socket, welcomed: list[socket.socket]) -> None:
    while True:
        near, _ = listening.accept()
        near.recv(4096)
        near.sendall(WELCOME)
        welcomed.append(near)


def ask_in_vain(alias: str) -> None:
    import psycopg  # only here, where Django knows of PostgreSQL
    from django.db import connections

    database = connections[alias]
    connection = database.get_new_connection(database.get_connection_params())
    turn("down")
    try:
        connection.execute("SELECT 1")
    except psycopg.OperationalError as error:
        sys.stdout.write(f"{alias} is away: {error}\n")
    turn("up")


def main() -> None:
    turn("up")
    listening = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=welcome_all, args=(listening, []), daemon=True).start()
    os.environ["DATABASE_URL"] = f"postgres://root@127.0.0.1:{listening.getsockname()[1]}/magazine?sslmode=disable"
    os.environ["DJANGO_SETTINGS_MODULE"] = "hearthpress.settings"
    for alias in ("default", "views"):
        ask_in_vain(alias)


if __name__ == "__main__":
    main()
