"""Authenticates a token and a session credential with no request, by following Latchkey's revocation feed."""

import json
import threading
import time
import urllib.error
import urllib.request

from revocations import Gap, Replica
from tokens import InvalidCredentials, ParsedToken, import_keys, is_credential, parse_json, verify

IDLE = 5  # seconds; the server sends something every 2 s
KEY_COOLDOWN = 30
LAG_WAIT = 0.25
HELD = 10_000  # tokens
NEVER = (float("-inf"), float("-inf"))


class TokenStale(Exception):
    """The session lives, but roles have changed: answer 401 with this code, and the client gets a new token."""

    code = "TOKEN_STALE"


class Unavailable(Exception):
    """Nobody can say now: answer 503, never 401."""

    code = "UNAVAILABLE"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """An answer from another place is not the issuer's, and requests carry secrets."""

    def redirect_request(self, *_):
        return None


class Verifier:
    """Follows the log in a thread of its own until close(). It reaches the issuer at `connect_to`, where that is given."""

    def __init__(self, issuer, service_key, audience=None, max_staleness=10, clock_skew=30, connect_to=None):
        self._base = (connect_to or issuer).rstrip("/")
        self._service_key = service_key
        self._max_staleness = max_staleness
        rules = {"issuer": issuer, "audience": audience or issuer, "clockSkew": clock_skew, "maxTtl": 3600}
        self._rules = rules
        self._keys = {}
        self._keys_asked = NEVER
        self._replica = Replica()
        self._contact = NEVER
        self._changed = threading.Condition()
        self._held = {}  # tokens that were got for a credential
        self._exchanging = threading.Lock()
        self._closed = False
        self._open = urllib.request.build_opener(NoRedirect).open
        threading.Thread(target=self._follow, daemon=True).start()

    def close(self):
        self._closed = True

    def ready(self, timeout=30):
        """Waits for the keys and the whole log. Raises Unavailable."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._keys and self._is_fresh(), timeout):
                raise Unavailable("not ready")

    def authenticate(self, token, credential):
        """The claims of the caller. Raises InvalidCredentials, TokenStale or Unavailable."""
        parsed = ParsedToken(token)
        keys = self._keys if parsed.kid in self._keys else self._load_keys()
        claims = verify(parsed, keys, credential, self._rules, time.time())
        with self._changed:
            self._refuse(claims, parsed.kid)
            caught_up = lambda: self._replica.position is not None and claims["rev"] <= self._replica.position
            if self._is_fresh() and self._changed.wait_for(caught_up, LAG_WAIT):
                self._refuse(claims, parsed.kid)
                return claims
        # It cannot know: then it asks, and never guesses.
        self._introspect(token, credential, claims)
        return claims

    def authenticate_cookie(self, credential):
        """The claims of the caller who brings the credential without a token. Raises InvalidCredentials or Unavailable."""
        if not is_credential(credential):
            raise InvalidCredentials("malformed-credential")
        with self._changed:
            if self._replica.has_ended(credential[:22]):
                raise InvalidCredentials("revoked")
        held = self._held.get(credential)
        if held is not None:
            try:
                return self.authenticate(held, credential)
            except (TokenStale, InvalidCredentials):
                pass  # It has expired, or roles have changed: the issuer decides.
        try:
            return self.authenticate(self._exchange(credential, held), credential)
        except TokenStale:
            raise Unavailable("lagging") from None

    def _exchange(self, credential, useless):
        """Another token than this one. One request at a time: the others wait, and take what it brought."""
        with self._exchanging:
            if self._held.get(credential) not in (None, useless):
                return self._held[credential]
            headers = {"Authorization": f"Bearer {self._service_key}", "X-Session-Id": credential}
            try:
                with self._request("/auth/who-am-i", headers, timeout=3, method="POST") as answer:
                    token = parse_json(answer.read(64 * 1024)).get("token")
            except urllib.error.HTTPError as error:
                if error.code == 401:
                    raise InvalidCredentials("introspection-refused") from None
                raise Unavailable("exchange") from None
            except (OSError, ValueError):
                raise Unavailable("exchange") from None
            if len(self._held) >= HELD:
                self._held.clear()
            self._held[credential] = token
            return token

    def _refuse(self, claims, kid):
        said = self._replica.check(claims["sid"], int(claims["sub"]), claims["rev"], kid, claims["roles"])
        if said == "reject":
            raise InvalidCredentials("revoked")
        if said == "refresh":
            raise TokenStale()

    def _is_fresh(self):
        return seconds_since(self._contact) <= self._max_staleness

    def _request(self, path, headers, timeout, method="GET"):
        return self._open(urllib.request.Request(self._base + path, headers=headers, method=method), timeout=timeout)

    def _load_keys(self):
        """The keys, asked for again because one is unknown; not more often than every 30 s. Raises Unavailable."""
        if not self._keys or seconds_since(self._keys_asked) >= KEY_COOLDOWN:
            asked = read_clocks()
            try:
                with self._request("/.well-known/jwks.json", {}, timeout=3) as answer:
                    self._keys = import_keys(answer.read(256 * 1024))
                self._keys_asked = asked
            except (OSError, ValueError):
                raise Unavailable("no keys") from None
        return self._keys

    def _introspect(self, token, credential, claims):
        headers = {"Authorization": f"Bearer {token}", "X-Session-Id": credential}
        try:
            with self._request("/auth/authenticate", headers, timeout=3, method="POST") as answer:
                told = parse_json(answer.read(64 * 1024))
        except urllib.error.HTTPError as error:
            if error.code != 401:
                raise Unavailable("introspection") from None
            if b"TOKEN_STALE" in error.read(64 * 1024):
                raise TokenStale() from None
            raise InvalidCredentials("introspection-refused") from None
        except (OSError, ValueError):
            raise Unavailable("introspection") from None
        if (told.get("userId"), told.get("sessionId")) != (int(claims["sub"]), claims["sid"]):
            raise Unavailable("introspection")

    def _follow(self):
        pause = 0.1
        while not self._closed:
            try:
                self._load_keys()
                self._read_feed()
            except (OSError, ValueError, Unavailable, Gap):
                # Whatever was applied stays; the feed is resumed where it ends.
                time.sleep(pause)
                pause = min(1.6, pause * 2)
            else:
                pause = 0.1

    def _read_feed(self):
        headers = {"Accept": "text/event-stream", "Authorization": f"Bearer {self._service_key}"}
        if self._replica.position is not None:
            headers["Last-Event-ID"] = str(self._replica.position)
        with self._request("/auth/revocations", headers, timeout=IDLE) as stream:
            event, data = "", []
            for line in stream:
                if self._closed:
                    return
                name, _, value = line.decode("utf-8").rstrip("\r\n").partition(":")
                value = value[1:] if value.startswith(" ") else value
                if name == "event":
                    event = value
                elif name == "data":
                    data.append(value)
                elif name == "" and value == "" and data:
                    self._apply(event, json.loads("\n".join(data)))
                    event, data = "", []

    def _apply(self, event, message):
        now = read_clocks()
        with self._changed:
            apply_message(self._replica, event, message, now[0])
            if event in ("snapshot", "entries", "heartbeat") and message["head"] == self._replica.position:
                self._contact = now
            self._replica.sweep(message["time"], now[0])
            self._changed.notify_all()


def read_clocks():
    """This moment in seconds, by the monotonic clock and by the wall clock."""
    return time.monotonic(), time.time()


def seconds_since(moment):
    """By the clock that tells more: the monotonic one stands still while the machine sleeps, the wall clock can be set back."""
    return max(now - then for now, then in zip(read_clocks(), moment))


def apply_message(replica, event, message, monotonic):
    """Applies an event of the feed. Kinds that a later server may add are passed over. Raises Gap and ValueError."""
    if event not in ("snapshot", "entries", "heartbeat"):
        return
    names = {"snapshot": ("head", "time", "from", "position"), "entries": ("head", "time"), "heartbeat": ("head", "time")}
    if not isinstance(message, dict) or any(type(message.get(name)) is not int for name in names[event]):
        raise ValueError("message with a wrong member")
    if event != "heartbeat" and not isinstance(message.get("entries"), list):
        raise ValueError("message without entries")
    if event == "snapshot":
        replica.apply_snapshot(message["from"], message["position"], message["entries"], monotonic)
    elif event == "entries":
        replica.apply_entries(message["entries"], monotonic)
