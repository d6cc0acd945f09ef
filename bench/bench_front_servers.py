"""nginx serving a page straight from the page store, by docs/front-servers/nginx.conf, against nginx with a plain file.

Both without TLS, which costs the same for both and more than what is compared. Left out where nginx is not installed.
"""

import http.client
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import nginx, server
from bench.bench_growth import GROW, PREPARE
from bench.load import Target, in_turn, rate, spread
from hearthpress.benchmarks import Result

STORIES = 100
PATH = f"/stories/story-{STORIES - 1}/"
ASKED = {"Accept-Encoding": "br", "Host": "magazine.example.org"}
SITE = server.ROOT / "docs/front-servers/nginx.conf"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
MAIN = "load_module {module}; pcre_jit on;\n{usual}"


def measure() -> Iterator[Result]:
    if not nginx.is_there() or not BROTLI.exists():
        return
    with server.home() as environment, TemporaryDirectory() as one, TemporaryDirectory() as other:
        server.run(environment, PREPARE)
        server.run(environment, GROW.format(size=STORIES))
        with server.serving(environment) as port:
            body = _body(port)
            root = _plain(Path(other), body)
            ours = server.free_port()
            pages = Path(environment["HEARTHPRESS_HOME"]) / "pages"
            with (
                nginx.running(Path(one), _config(Path(one), pages, ours, port), ours),
                nginx.serving(Path(other), root) as plain,
            ):
                ports = {"ours": ours, "plain": plain}
                loads = in_turn({name: Target(f"http://127.0.0.1:{port}{PATH}", ASKED) for name, port in ports.items()})
    figures = rate(loads["ours"]), rate(loads["plain"])
    ratios = spread(loads["ours"], loads["plain"])
    against = "nginx, a plain file of the same bytes"
    yield Result("nginx from the page store", *figures, "a second", 0.8, against, at_least=True, spread=ratios)


def _body(port: int) -> bytes:
    """The page in brotli. It is in the store then."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", PATH, headers={"Accept-Encoding": "br"})
    return connection.getresponse().read()


def _plain(folder: Path, body: bytes) -> Path:
    root = folder / "www"
    file = root / PATH.strip("/") / "index.html"
    file.parent.mkdir(parents=True)
    file.write_bytes(body)
    return root


def _config(folder: Path, pages: Path, port: int, hearthpress: int) -> str:
    """The server of the tested configuration that serves pages, without TLS, at a port of ours."""
    site = SITE.read_text()
    shared, *servers = site.split("\nserver {")
    serving = next(each for each in servers if "root /var/cache/hearthpress" in each)
    lines = [line for line in serving.splitlines() if "ssl" not in line and "listen [" not in line]
    changed = "\n".join(lines).replace("/var/cache/hearthpress", str(pages)).replace("/var/log/nginx", str(folder))
    upstream = shared.replace("127.0.0.1:8000", f"127.0.0.1:{hearthpress}")
    begun = f"{upstream}\nserver {{\n    listen 127.0.0.1:{port};\n{changed}"
    usual = nginx.CONFIG.format(folder=folder, root=pages, port=server.free_port())
    return MAIN.format(module=BROTLI, usual=usual.rstrip().removesuffix("}") + begun + "\n}\n")
