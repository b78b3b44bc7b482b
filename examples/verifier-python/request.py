"""The credentials that a request brings. Nothing of them is checked here."""

import re

BEARER = re.compile(r"bearer ([A-Za-z0-9._~+/-]+=*)\Z", re.IGNORECASE | re.ASCII)
EMPTY_BEARER = re.compile(r"bearer[ \t]*\Z", re.IGNORECASE | re.ASCII)
BEARER_SCHEME = re.compile(r"bearer(?![\w!#$%&'*+.^`|~-])", re.IGNORECASE | re.ASCII)
SESSION_ID = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]\Z")


class Refused(Exception):
    """The request must be refused whatever a check would say: it is `ambiguous` or `malformed`."""


def read_credentials(headers, cookie_names):
    """Token and session credential of a request with these (name, value) pairs; None for one that is absent."""
    authorization = single(values_of(headers, "authorization"))
    header = single([part for value in values_of(headers, "x-session-id") for part in value.split(",")])
    cookie = cookie_of(";".join(values_of(headers, "cookie")), cookie_names)
    if header and cookie and header != cookie:
        # The header may hold the public id of the cookie's session: it proves nothing then.
        if not (SESSION_ID.match(header) and cookie.startswith(header + ".")):
            raise Refused("ambiguous")
    return token_of(authorization or ""), cookie or header or None


def may_use_cookie_alone(method, headers):
    """Whether the cookie may prove a request by itself: one that changes nothing, from the same site or for a page."""
    if method not in ("GET", "HEAD"):
        return False
    site = joined(headers, "sec-fetch-site")
    if site == "":
        return accepts_html(joined(headers, "accept"))
    if joined(headers, "sec-fetch-mode") == "websocket":
        return site == "same-origin"
    if site in ("same-origin", "same-site", "none"):
        return True
    return joined(headers, "sec-fetch-mode") == "navigate" and joined(headers, "sec-fetch-dest") == "document"


def is_for_page(method, headers):
    """Whether the answer is shown to a person, who can be sent to sign in."""
    if method not in ("GET", "HEAD"):
        return False
    if joined(headers, "sec-fetch-site") == "":
        return accepts_html(joined(headers, "accept"))
    return joined(headers, "sec-fetch-mode") == "navigate"


def accepts_html(accept):
    for part in accept.split(","):
        media_type, *parameters = [text.strip().lower() for text in part.split(";")]
        if media_type == "text/html" and not any(re.fullmatch(r"q=0(\.0*)?", each) for each in parameters):
            return True
    return False


def joined(headers, name):
    """The value of a field; of one that was sent twice both, so that it is none of the known words."""
    return ", ".join(value for value in values_of(headers, name) if value)


def token_of(authorization):
    match = BEARER.match(authorization)
    if match:
        return None if match[1] in ("null", "undefined") else match[1]
    if BEARER_SCHEME.match(authorization) and not EMPTY_BEARER.match(authorization):
        raise Refused("malformed")
    return None


def cookie_of(cookies, names):
    """The value of the first of these cookies that has one."""
    pairs = [pair.partition("=") for pair in cookies.split(";") if "=" in pair]
    for name in names:
        value = single([unquote(value.strip(" \t")) for own, _, value in pairs if own.strip(" \t") == name])
        if value:
            return value
    return None


def unquote(value):
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value


def values_of(headers, name):
    return [value for own, value in headers if own.lower() == name]


def single(values):
    """The only one, or None. A person who can add a second one must not get to choose."""
    if len(values) > 1:
        raise Refused("ambiguous")
    return values[0] if values else None
