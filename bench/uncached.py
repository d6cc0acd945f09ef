"""The magazine without its page store: every request goes to Django. What a miss is compared with."""

from concurrent.futures import ThreadPoolExecutor

from django.core.wsgi import get_wsgi_application

from hearthpress.edge.inside import Inside

application = Inside(get_wsgi_application(), ThreadPoolExecutor(8)).pass_on
