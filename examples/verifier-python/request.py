"""The credentials that a request brings. Nothing of them is checked here."""

import re

BEARER = re.compile(r"bearer ([A-Za-z0-9._~+/-]+=*)\Z", re.IGNORECASE | re.ASCII)
BEARER_SCHEME = re.compile(r"bearer(?![\w!#$%&'*+.^`|~-])", re.IGNORECASE | re.ASCII)
# Where another scheme begins with its value, and not a parameter of this one; or a comma with nothing behind it.
NEXT_SCHEME = re.compile(r",[ \t]*(?=[\w!#$%&'*+.^`|~-]+ +[^= \t]|bearer[ \t]*(?:,|\Z)|,|\Z)", re.IGNORECASE | re.ASCII)
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"?')
MALFORMED = object()  # stands for a value that cannot be a token
SESSION_ID = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]\Z")


class Refused(Exception):
    """The request must be refused whatever a check would say: it is `ambiguous` or `malformed`."""


def read_credentials(headers, cookie_names):
    """Token and session credential of a request with these (name, value) pairs; None for one that is absent."""
    token = single([token_of(value) for value in values_of(headers, "authorization")])
    # Some servers join repeated fields with a comma: here all are.
    header = single([part.strip(" \t") for value in values_of(headers, "x-session-id") for part in value.split(",")])
    cookie = cookie_of(";".join(values_of(headers, "cookie")), cookie_names)
    if header and cookie and header != cookie:
        # The header may hold the public id of the cookie's session: it proves nothing then.
        if not (SESSION_ID.match(header) and cookie.startswith(header + ".")):
            raise Refused("ambiguous")
    if token is MALFORMED:
        raise Refused("malformed")
    return token, cookie or header


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
    """The value of the scheme Bearer, beside which others may stand; empty without one."""
    parts = [part.strip(" \t") for part in NEXT_SCHEME.split(QUOTED.sub('""', authorization))]
    values = [part for part in parts if BEARER_SCHEME.match(part) and is_present(part[len("bearer"):].strip(" \t"))]
    if not values:
        return ""
    match = BEARER.match(values[0]) if len(values) == 1 else None
    return match[1] if match else MALFORMED


def cookie_of(cookies, names):
    """The value of the first of these cookies that has one."""
    pairs = [pair.partition("=") for pair in cookies.split(";") if "=" in pair]
    for name in names:
        value = single([unquote(value.strip(" \t")) for own, _, value in pairs if own.strip(" \t") == name])
        if value:
            return value
    return None


def is_present(value):
    """Whether it is more than what a program sends that has lost its value."""
    return value not in ("", "null", "undefined")


def unquote(value):
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value


def values_of(headers, name):
    return [value for own, value in headers if own.lower() == name]


def single(values):
    """The only one, or None. A person who can add a second one must not get to choose."""
    present = [value for value in values if is_present(value)]
    if len(present) > 1:
        raise Refused("ambiguous")
    return present[0] if present else None
