"""nginx, from Debian's packages where it is installed: two workers, as an operator would set it up."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.server import free_port, wait

CONFIG = """
worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off; user root;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; default_type text/html;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""


def is_there() -> bool:
    return shutil.which("nginx") is not None


@contextmanager
def serving(folder: Path, root: Path) -> Iterator[int]:
    """nginx with the plain files below `root`; the port."""
    port = free_port()
    with running(folder, CONFIG.format(folder=folder, root=root, port=port), port):
        yield port


@contextmanager
def running(folder: Path, config: str, port: int) -> Iterator[None]:
    path = folder / "nginx.conf"
    path.write_text(config)
    process = subprocess.Popen(["nginx", "-c", str(path)], stderr=subprocess.DEVNULL)
    try:
        wait(port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)
