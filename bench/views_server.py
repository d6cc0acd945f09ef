"""What bench_views serves: the magazine as it is, and one more path on which the same server answers a constant 204."""

from hearthpress.edge.rsgi import HTTP, Scope
from hearthpress.readership.taking import HEADERS
from hearthpress.rsgi import application

CONSTANT = "/nothing"


async def nothing(scope: Scope, http: HTTP) -> None:
    """The body is read, as a server has to before the next request on a connection; nothing is done with it."""
    await http()
    http.response_empty(204, HEADERS)


application.fast_path.handlers = {**application.fast_path.handlers, CONSTANT: nothing}
