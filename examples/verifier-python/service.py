"""A service that knows who is calling: ISSUER, SERVICE_KEY and PORT from the environment."""

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from request import Refused, may_use_cookie_alone, read_credentials
from tokens import InvalidCredentials
from verifier import TokenStale, Unavailable, Verifier

COOKIES = ["x-session-id"]
verifier = Verifier(
    os.environ.get("ISSUER") or "http://localhost:8080",
    os.environ["SERVICE_KEY"],
    connect_to=os.environ.get("CONNECT_TO"),
    max_staleness=float(os.environ.get("MAX_STALENESS") or "10"),
)
verifier.ready()


def authenticate(headers):
    fields = headers.items()
    try:
        token, credential = read_credentials(fields, COOKIES)
        # A header by itself proves nothing: only browsers add the cookie without a token.
        _, cookie = read_credentials([field for field in fields if field[0].lower() == "cookie"], COOKIES)
    except Refused as error:
        raise InvalidCredentials(str(error)) from None
    if token is None and cookie is not None and may_use_cookie_alone("GET", fields):
        return verifier.authenticate_cookie(cookie)
    return verifier.authenticate(token, credential)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        try:
            claims = authenticate(self.headers)
            self.answer(200, {"userId": int(claims["sub"]), "roles": claims["roles"]})
        except (InvalidCredentials, TokenStale) as error:
            self.answer(401, {"code": error.code}, {"WWW-Authenticate": "Bearer"})
        except Unavailable as error:
            self.answer(503, {"code": error.code}, {"Retry-After": "1"})

    def answer(self, status, content, headers=None):
        body = json.dumps(content).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


try:
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT") or "8083")), Handler)
except OSError as error:
    sys.exit(f"python: {error}")
print(f"python: http://127.0.0.1:{server.server_port}/", flush=True)
server.serve_forever()
