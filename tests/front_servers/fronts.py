"""nginx, Caddy and Varnish, each started with the very file from docs/front-servers."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.front_servers.served import NAME, Magazine, certificate, filled_in, free_port, missing, program, running

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
SECRET = "a-secret-for-the-cdn"

NGINX = """
load_module {brotli};
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 2;
{user}
events {{ worker_connections 512; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@contextmanager
def nginx(magazine: Magazine, folder: Path) -> Iterator[int]:
    """The port of an nginx before the magazine."""
    found, port = program("nginx"), free_port()
    if not BROTLI.exists():
        missing("nginx's module for brotli")
    chain, key = certificate(folder)
    changes = {
        "/etc/letsencrypt/live/magazine.example.org/fullchain.pem": str(chain),
        "/etc/letsencrypt/live/magazine.example.org/privkey.pem": str(key),
        "    listen [::]": "    # listen [::]",
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "listen 80": f"listen 127.0.0.1:{free_port()}",
        "/var/log/nginx/error.log": str(folder / "error.log"),
        "/var/cache/hearthpress": str(magazine.pages),
        "127.0.0.1:8000": f"127.0.0.1:{magazine.port}",
    }
    (folder / "site.conf").write_text(filled_in("nginx.conf", changes))
    user = "user root;" if getpass.getuser() == "root" else ""
    (folder / "nginx.conf").write_text(NGINX.format(brotli=BROTLI, folder=folder, user=user))
    with running([found, "-p", str(folder), "-c", str(folder / "nginx.conf")], port, folder / "log"):
        yield port


@contextmanager
def caddy(magazine: Magazine, folder: Path) -> Iterator[int]:
    """The port of a Caddy before the magazine."""
    found, port = program("caddy"), free_port()
    chain, key = certificate(folder)
    changes = {
        "\n{\n": "\n{\n\tadmin off\n\tauto_https disable_redirects\n",
        f"\n{NAME} {{\n": f"\nhttps://{NAME}:{port} {{\n\ttls {chain} {key}\n",
        "/var/cache/hearthpress": str(magazine.pages),
        "127.0.0.1:8000": f"127.0.0.1:{magazine.port}",
    }
    (folder / "Caddyfile").write_text(filled_in("Caddyfile", changes))
    homes = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    with running([found, "run", "--config", str(folder / "Caddyfile")], port, folder / "log", env=homes):
        yield port


@contextmanager
def varnish(backend: int, folder: Path, port: int) -> Iterator[None]:
    """A Varnish at `port` before the server at `backend`."""
    found = program("varnishd")
    changes = {'.port = "8000"': f'.port = "{backend}"', "CHANGE-ME": SECRET}
    (folder / "default.vcl").write_text(filled_in("varnish.vcl", changes))
    # "-j none": pytest lets nobody else into its folders, such as the user that Varnish would run as.
    command = [found, "-j", "none", "-F", "-a", f"127.0.0.1:{port}", "-f", str(folder / "default.vcl")]
    command += ["-n", str(folder / "varnish"), "-s", "malloc,50m", "-p", "http_gzip_support=off"]
    with running(command, port):
        yield
