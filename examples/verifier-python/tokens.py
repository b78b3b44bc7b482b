"""What a token and a session credential say by themselves: form, signature, claims. No request, no state."""

import base64
import hashlib
import json
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils
from cryptography.hazmat.primitives.hashes import SHA256

MAX_TOKEN_LENGTH = 4096
MAX_JSON_DEPTH = 32
MAX_SAFE_INTEGER = 2**53 - 1

SEGMENT = re.compile(r"[A-Za-z0-9_-]+\Z")
KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
SUBJECT = re.compile(r"[1-9][0-9]{0,15}\Z")
ROLE = re.compile(r"(?:[A-Za-z0-9_-]{1,64}:)?[A-Za-z0-9_-]{1,64}\Z")
SECRET_MEMBERS = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")


class InvalidCredentials(Exception):
    """The two do not prove a live session: answer 401. The reason is for logs alone."""

    code = "INVALID_CREDENTIALS"

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def decode_base64url(text, length=None):
    """The bytes of unpadded base64url in its one canonical spelling. Raises ValueError for any other."""
    if not isinstance(text, str) or not SEGMENT.match(text):
        raise ValueError("not base64url")
    content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    # The decoder passes over what it does not know, and over bits that nobody uses.
    if encode_base64url(content) != text or (length is not None and len(content) != length):
        raise ValueError("not canonical")
    return content


def encode_base64url(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def is_base64url(value, length):
    try:
        return len(decode_base64url(value, length)) == length
    except ValueError:
        return False


def parse_json(content):
    """JSON as a token must have it: unique members, no lone surrogate, no infinite number, not too deep."""

    def members(pairs):
        names = [name for name, _ in pairs]
        if len(set(names)) < len(names) or "__proto__" in names:
            raise ValueError("member name")
        return dict(pairs)

    def number(text):
        value = float(text)
        if value in (float("inf"), float("-inf")):
            raise ValueError("number out of range")
        return int(value) if value.is_integer() else value

    def refuse(_):
        raise ValueError("not a number of JSON")

    text = content.decode("utf-8")
    if text.startswith("\ufeff"):
        raise ValueError("byte order mark")
    try:
        value = json.loads(text, object_pairs_hook=members, parse_float=number, parse_constant=refuse)
    except RecursionError:
        raise ValueError("nested too deep") from None
    check_value(value, 0)
    return value


def check_value(value, depth):
    if isinstance(value, str):
        value.encode("utf-8")
    elif isinstance(value, (list, dict)):
        if depth == MAX_JSON_DEPTH:
            raise ValueError("nested too deep")
        for item in value if isinstance(value, list) else [*value, *value.values()]:
            check_value(item, depth + 1)


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_SAFE_INTEGER


def is_credential(value):
    if not isinstance(value, str) or len(value) != 66 or value[22] != ".":
        return False
    return is_base64url(value[:22], 16) and is_base64url(value[23:], 32)


def hash_credential(credential):
    """The token's `cth` for a session credential."""
    return encode_base64url(hashlib.sha256(credential.encode()).digest())


def import_key(jwk):
    """A key that verifies, with its one algorithm. Raises ValueError for any that may not."""
    if not isinstance(jwk, dict) or any(name in jwk for name in SECRET_MEMBERS):
        raise ValueError("not a public key")
    if not (isinstance(jwk.get("kid"), str) and KEY_ID.match(jwk["kid"])):
        raise ValueError("no usable kid")
    if jwk.get("use", "sig") != "sig" or "verify" not in jwk.get("key_ops", ["verify"]):
        raise ValueError("not for verifying")
    x = decode_base64url(jwk.get("x"), 32)
    if x == bytes(32):
        raise ValueError("not a point")
    if (jwk.get("kty"), jwk.get("crv")) == ("EC", "P-256"):
        point = b"\x04" + x + decode_base64url(jwk.get("y"), 32)
        algorithm, key = "ES256", ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    elif (jwk.get("kty"), jwk.get("crv")) == ("OKP", "Ed25519"):
        algorithm, key = "Ed25519", ed25519.Ed25519PublicKey.from_public_bytes(x)
    else:
        raise ValueError("a key of another kind")
    if jwk.get("alg", algorithm) != algorithm:
        raise ValueError("for another algorithm")
    return jwk["kid"], algorithm, key


def import_keys(content):
    """The usable keys of a JWK set by their kid. Raises ValueError where there are none, or two with one kid."""
    jwks = parse_json(content)
    listed = jwks.get("keys") if isinstance(jwks, dict) else None
    if not isinstance(listed, list):
        raise ValueError("not a JWK set")
    kids = [jwk["kid"] for jwk in listed if isinstance(jwk, dict) and isinstance(jwk.get("kid"), str)]
    if len(set(kids)) < len(kids):
        raise ValueError("two keys with one kid")
    keys = {}
    for jwk in listed:
        try:
            kid, algorithm, key = import_key(jwk)
            keys[kid] = (algorithm, key)
        except (ValueError, TypeError):
            continue
    if not keys:
        raise ValueError("no usable key")
    return keys


class ParsedToken:
    """A token that has the right form; nothing of it has been verified. Raises InvalidCredentials."""

    def __init__(self, token):
        try:
            if not isinstance(token, str) or len(token) > MAX_TOKEN_LENGTH:
                raise ValueError("not a token")
            header, payload, signature = token.split(".")
            self.signed = token[: token.rindex(".")].encode("ascii")
            self.signature = decode_base64url(signature, 64)
            self.algorithm, self.kid = read_header(parse_json(decode_base64url(header)))
            self.claims = read_claims(parse_json(decode_base64url(payload)))
        except ValueError:
            raise InvalidCredentials("malformed-token") from None


def read_header(header):
    if not isinstance(header, dict) or set(header) != {"alg", "typ", "kid"} or header["typ"] != "at+jwt":
        raise ValueError("header")
    if header["alg"] not in ("ES256", "Ed25519"):
        raise ValueError("alg")
    if not isinstance(header["kid"], str) or not KEY_ID.match(header["kid"]):
        raise ValueError("kid")
    return header["alg"], header["kid"]


def read_claims(claims):
    def are(values, form=re.compile("")):
        return isinstance(values, list) and all(isinstance(value, str) and form.match(value) for value in values)

    if not isinstance(claims, dict):
        raise ValueError("payload")
    sub, aud = claims.get("sub"), claims.get("aud")
    sound = (
        isinstance(claims.get("iss"), str)
        and are([aud] if isinstance(aud, str) else aud)
        and isinstance(sub, str)
        and SUBJECT.match(sub)
        and int(sub) <= MAX_SAFE_INTEGER
        and is_base64url(claims.get("sid"), 16)
        and all(is_count(claims.get(name)) for name in ("iat", "exp", "rev", "auth_time"))
        and claims["exp"] > claims["iat"]
        and ("nbf" not in claims or is_count(claims["nbf"]))
        and isinstance(claims.get("jti"), str)
        and claims["jti"] != ""
        and is_base64url(claims.get("cth"), 32)
        and are(claims.get("roles"), ROLE)
        and are(claims.get("amr"))
    )
    if not sound:
        raise ValueError("claims")
    return {**claims, "aud": [aud] if isinstance(aud, str) else aud}


def verify(token, keys, credential, rules, now, ignore_expiry=False):
    """The claims of a parsed token that is what it says, bound to the credential. Raises InvalidCredentials."""
    algorithm, key = keys.get(token.kid, (None, None))
    # A key has one algorithm; what the header says must be it, and decides nothing.
    if algorithm is None or algorithm != token.algorithm:
        raise InvalidCredentials("unknown-key")
    try:
        if algorithm == "ES256":
            r, s = token.signature[:32], token.signature[32:]
            der = utils.encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
            key.verify(der, token.signed, ec.ECDSA(SHA256()))
        else:
            key.verify(token.signature, token.signed)
    except InvalidSignature:
        raise InvalidCredentials("bad-signature") from None
    claims = token.claims
    skew = rules["clockSkew"]
    if claims["iss"] != rules["issuer"]:
        raise InvalidCredentials("wrong-issuer")
    if rules["audience"] not in claims["aud"]:
        raise InvalidCredentials("wrong-audience")
    if claims["exp"] - claims["iat"] > rules["maxTtl"]:
        raise InvalidCredentials("lifetime-too-long")
    if max(claims["iat"], claims.get("nbf", 0)) > now + skew:
        raise InvalidCredentials("not-yet-valid")
    if not ignore_expiry and claims["exp"] <= now - skew:
        raise InvalidCredentials("expired")
    if not is_credential(credential):
        raise InvalidCredentials("malformed-credential")
    if credential[:22] != claims["sid"] or hash_credential(credential) != claims["cth"]:
        raise InvalidCredentials("credential-mismatch")
    return claims
