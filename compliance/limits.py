"""How often one visitor may do what is open to everyone."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def too_often(request: HttpRequest, what: str, most: int, seconds: int) -> bool:
    """Count one more use by this network address; whether that makes more than `most` in `seconds`.

    Counts begin anew with each span of time, so that whoever waits that long is let in again.
    """
    address = get_adapter(request).get_client_ip(request)
    key = f"limit:{what}:{address}:{int(time.time()) // seconds}"
    cache.add(key, 0, timeout=2 * seconds)
    try:
        return cache.incr(key) > most
    except ValueError:  # thrown out of the cache in between
        return False
