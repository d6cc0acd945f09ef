"""Salts that the processes of many machines share through Redis, which is loaded by none but who has one."""

from datetime import date

import redis

from hearthpress.readership.known_salts import SaltAway, new_salt, seconds_left

PATIENCE = 2  # seconds


class RedisSalts:
    """One key a day and zone, which Redis itself forgets when the day is over."""

    def __init__(self, url: str, installation: str) -> None:
        self.client: redis.Redis = redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self.installation = installation

    def salt(self, zone: str, day: date, ours: bytes | None = None) -> bytes:
        key = f"hearthpress:{self.installation}:salt:{zone}:{day}"
        try:
            self.client.set(key, ours or new_salt(), nx=True, ex=seconds_left(zone, day))
            salt = self.client.get(key)
        except redis.RedisError as error:
            raise SaltAway(str(error)) from error
        if not isinstance(salt, bytes):
            raise SaltAway("it was forgotten at once")
        return salt

    def destroy_old(self) -> int:
        return 0
