"""Runs the vectors: python3 check_vectors.py [FOLDER]. Prints how many there were; names the first that differs."""

import json
import sys
from pathlib import Path

from request import Refused, is_for_page, may_use_cookie_alone, read_credentials
from revocations import Gap, Replica
from tokens import InvalidCredentials, ParsedToken, hash_credential, import_keys, is_credential, verify
from verifier import apply_message

folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent / "../../packages/verify/vectors")
count = 0


def expect(same, name):
    global count
    if not same:
        sys.exit(f"differs: {name}")
    count += 1


def read(name):
    return json.loads((folder / name).read_text("utf-8"))


def verdict_of(case, rules, keys):
    try:
        token = ParsedToken(case["token"])
        claims = verify(token, keys, case["cookie"], rules, rules["now"], case.get("ignoreExpiry", False))
        return "accept", {name: claims[name] for name in ("sub", "sid")}
    except InvalidCredentials as error:
        return "reject", error.reason


vectors = read("tokens.json")
keys = import_keys(json.dumps(vectors["jwks"]).encode())
for case in vectors["cases"]:
    wanted = case["verdict"], case.get("claims", case.get("reason"))
    expect(verdict_of(case, vectors, keys) == wanted, case["name"])

for case in read("credentials.json")["cases"]:
    credential = case["credential"]
    expect(is_credential(credential) == ("sessionId" in case), credential)
    if "cth" in case:
        expect((credential[:22], hash_credential(credential)) == (case["sessionId"], case["cth"]), credential)

for case in read("requests.json")["cases"]:
    try:
        token, credential = read_credentials(case["headers"], case["cookieNames"])
        said = {"token": token, "credential": credential}
    except Refused as error:
        said = {"refused": str(error)}
    expect(said == {name: case[name] for name in ("token", "credential", "refused") if name in case}, case["name"])

for case in read("pages.json")["cases"]:
    request = case["method"], case["headers"]
    expect((may_use_cookie_alone(*request), is_for_page(*request)) == (case["cookieAlone"], case["page"]), case["name"])

for case in read("keys.json")["cases"]:
    try:
        kids = sorted(import_keys(case["text"].encode("utf-8", "surrogatepass")))
    except ValueError:
        kids = None
    expect(kids == case.get("kids"), case["name"])

for case in read("revocations.json")["cases"]:
    entries, token = case["entries"], case["token"]
    start = entries[0]["seq"] - 1 if entries else 0
    replica = Replica()
    replica.apply_snapshot(start, start, [], 0)
    replica.apply_entries(entries, 0)
    said = replica.check(token["sid"], token["userId"], token["rev"], token["kid"], token["roles"])
    expect({None: "accept", "reject": "reject", "refresh": "stale"}[said] == case["verdict"], case["name"])

for case in read("feed.json")["cases"]:
    replica, outcome = Replica(), "go on"
    try:
        for message in case["messages"]:
            apply_message(replica, message["event"], message["data"], 0)
    except (Gap, ValueError):
        outcome = "resume"
    expect((outcome, replica.position) == (case["outcome"], case["position"]), case["name"])

print(f"{count} vectors")
