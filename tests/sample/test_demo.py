import socket
from types import SimpleNamespace

import pytest

from hearthpress.common.errors import Sentence
from hearthpress.sample.demo import run_demo


def test_port_that_is_taken_is_told_before_anything_else_is_done(
    settings: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.HOST, settings.PORT = taken.getsockname()

        with pytest.raises(
            Sentence, match=rf"port {settings.PORT} on 127.0.0.1 is in use.*PORT={settings.PORT + 1} make demo"
        ):
            run_demo()

    assert capsys.readouterr().out == ""
