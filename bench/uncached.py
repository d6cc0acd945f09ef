"""The magazine without its page store: every request goes to Django. What a miss is compared with."""

from concurrent.futures import ThreadPoolExecutor

import django
from django.core.handlers.wsgi import WSGIHandler

django.setup()

from hearthpress.edge.inside import Inside  # noqa: E402  models can be imported only now

application = Inside(WSGIHandler(), ThreadPoolExecutor(8)).pass_on
