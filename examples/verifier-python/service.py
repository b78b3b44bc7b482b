"""A service that knows who is calling: ISSUER, SERVICE_KEY and PORT from the environment."""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tokens import InvalidCredentials
from verifier import TokenStale, Unavailable, Verifier

verifier = Verifier(
    os.environ.get("ISSUER", "http://localhost:8080"),
    os.environ["SERVICE_KEY"],
    max_staleness=float(os.environ.get("MAX_STALENESS", "10")),
)
verifier.ready()


def credentials_of(headers):
    """What came, each at most once: whoever could add a second must not get to choose."""
    authorizations = headers.get_all("authorization", [])
    pairs = [pair.strip() for line in headers.get_all("cookie", []) for pair in line.split(";")]
    cookies = [pair.split("=", 1)[1] for pair in pairs if pair.startswith("x-session-id=")]
    if len(authorizations) != 1 or len(cookies) != 1 or not authorizations[0].lower().startswith("bearer "):
        raise InvalidCredentials("missing-credentials")
    return authorizations[0][len("bearer ") :], cookies[0]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        try:
            claims = verifier.authenticate(*credentials_of(self.headers))
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


server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8083"))), Handler)
print(f"python: http://127.0.0.1:{server.server_port}/", flush=True)
server.serve_forever()
