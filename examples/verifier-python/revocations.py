"""A copy of the revocation log, reduced to what answers "is this token refused?". Looks at no clock by itself."""

import re

from tokens import KEY_ID, is_base64url, is_count

SITE = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
ENDLESS = float("inf")


class Gap(Exception):
    """The entries do not follow on what was applied: resume, or ask for a snapshot."""


def read_entry(entry):
    """Checks an entry. Raises ValueError for one that this program does not understand: it must not be skipped."""
    if not isinstance(entry, dict) or not all(is_count(entry.get(name)) for name in ("seq", "at", "expiresAt")):
        raise ValueError("entry with a wrong member")
    if entry.get("action") not in ("reject", "refresh") or not isinstance(entry.get("reason"), str):
        raise ValueError("entry with an unknown action")
    ended = entry.get("sessions", [])
    if not isinstance(ended, list) or not all(is_base64url(session, 16) for session in ended):
        raise ValueError("entry with wrong sessions")
    subject = entry.get("subject")
    if not isinstance(subject, dict) or len(subject) != 1:
        raise ValueError("entry with an unknown subject")
    ((kind, value),) = subject.items()
    sound = {
        "session": lambda: is_base64url(value, 16),
        "user": lambda: is_count(value) and value > 0,
        "site": lambda: isinstance(value, str) and SITE.match(value),
        "key": lambda: isinstance(value, str) and KEY_ID.match(value),
        "all": lambda: value is True,
    }
    if kind not in sound or not sound[kind]():
        raise ValueError("entry with an unknown subject")
    return (kind, value), entry["action"], entry["seq"], entry["at"], entry["expiresAt"]


class Replica:
    """Filled by a snapshot, and then by entries in order and without gaps."""

    def __init__(self):
        self.position = None
        self._marks = {}

    def apply_snapshot(self, start, position, entries, monotonic):
        """Replaces everything; what a shorter log lacks stays until it expires. Raises Gap, and changes nothing then."""
        read = [read_entry(entry) for entry in entries]
        if [seq for _, _, seq, _, _ in read] != list(range(start + 1, position + 1)):
            raise Gap()
        if self.position is None or position >= self.position:
            self._marks = {}
        for entry in read:
            self._mark(entry, monotonic)
        self.position = position

    def apply_entries(self, entries, monotonic):
        """Applies what is new. Raises Gap at the first one that comes too early."""
        for entry in map(read_entry, entries):
            seq = entry[2]
            if self.position is None or seq > self.position + 1:
                raise Gap()
            if seq == self.position + 1:
                self._mark(entry, monotonic)
                self.position = seq

    def has_ended(self, session):
        """Whether the log says that the session has ended, which is final."""
        mark = self._marks.get(("session", session))
        return mark is not None and mark["reject"] == ENDLESS

    def _mark(self, entry, monotonic):
        subject, action, seq, at, expires_at = entry
        # A session's end, and a leaked key, refuse every token, whatever its position.
        if subject[0] in ("session", "key") and action == "reject":
            seq = ENDLESS
        mark = self._marks.setdefault(subject, {"reject": -1, "refresh": -1, "expires": 0, "keep": 0})
        mark[action] = max(mark[action], seq)
        mark["expires"] = max(mark["expires"], expires_at)
        mark["keep"] = max(mark["keep"], monotonic + max(0, expires_at - at))

    def check(self, sid, user_id, rev, kid, roles):
        """`None`, or the severest thing that the log says of a token: `reject` or `refresh`."""
        sites = {role.split(":")[0] for role in roles if ":" in role}
        subjects = [("session", sid), ("user", user_id), ("key", kid), ("all", True)]
        subjects += [("site", site) for site in sites]
        marks = [self._marks[subject] for subject in subjects if subject in self._marks]
        for action in ("reject", "refresh"):
            if any(rev < mark[action] for mark in marks):
                return action
        return None

    def sweep(self, server_time, monotonic):
        """Forgets what is over by both clocks: one that jumps must bring no session back."""
        over = [
            subject
            for subject, mark in self._marks.items()
            if server_time > mark["expires"] and monotonic > mark["keep"]
        ]
        for subject in over:
            del self._marks[subject]
