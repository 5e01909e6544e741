"""Sign-in by pyspnego's acceptor, and the answers of servers that are set up otherwise or are changed on the way."""

import base64

import spnego
from spnego._spnego import NegState, unpack_token

from .names import say

FLAGS_AT = 20
CHALLENGE = b"NTLMSSP\x00\x02\x00\x00\x00"
#: What sealing needs, each alone makes a challenge too weak ([MS-NLMP] 2.2.2.5).
NEEDED = {"unicode": 0x1, "sign": 0x10, "seal": 0x20, "extended": 0x80000, "128": 0x20000000, "keyExchange": 0x40000000}


class SignIn:
    """The sign-in of one connection. `step` gives whether it is complete, and what to answer."""

    def __init__(self, orders, bindings):
        self.orders = orders
        self.bindings = bindings
        self.context = None
        self.rounds = 0

    @property
    def complete(self):
        return self.context is not None and self.context.complete

    def schemes(self):
        order = self.orders.next("schemes")
        return ["Negotiate"] if order is None else order["offered"]

    def step(self, scheme, token):
        """Status, and the values of WWW-Authenticate."""
        if scheme.lower() not in ("negotiate", "ntlm"):
            return 401, self.schemes()
        if self.context is None:
            self.begin(scheme.lower() == "ntlm")
        self.rounds += 1
        if self.orders.next("silentToken") is not None:
            return 401, self.schemes()
        try:
            answer = self.context.step(base64.b64decode(token))
        except spnego.exceptions.SpnegoError as problem:
            say(event="signInRefused", because=type(problem).__name__)
            self.context = None
            return 401, self.schemes()
        if self.context.complete:
            say(event="signedIn", account=str(self.context.client_principal), scheme=scheme)
        return (200 if self.context.complete else 401), [self.written(scheme, answer)]

    def begin(self, bare):
        options = spnego.NegotiateOptions.use_ntlm if bare else spnego.NegotiateOptions.use_negotiate
        self.context = spnego.server(protocol="ntlm" if bare else "negotiate", options=options, channel_bindings=self.bindings)

    def written(self, scheme, answer):
        order = self.orders.next("token" if self.context.complete else "challenge")
        if order is not None and answer is not None:
            answer = spoiled(answer, order)
        return scheme if answer is None else scheme + " " + base64.b64encode(answer).decode()


def spoiled(token, order):
    name = order["fault"]
    if name == "garbage":
        return b"\xa1\x03peer"
    if name == "weak":
        return weakened(token, NEEDED[order["without"]])
    answer = unpack_token(token)
    if name == "noMic":
        answer.mech_list_mic = None
    if name == "wrongMic":
        answer.mech_list_mic = bytes([*answer.mech_list_mic[:4], answer.mech_list_mic[4] ^ 1, *answer.mech_list_mic[5:]])
    if name == "plain":
        answer.neg_state = NegState.accept_incomplete
    if name == "reject":
        answer.neg_state, answer.response_token = NegState.reject, None
    return answer.pack()


def weakened(token, flag):
    at = token.index(CHALLENGE) + FLAGS_AT
    flags = int.from_bytes(token[at : at + 4], "little") & ~flag
    return token[:at] + flags.to_bytes(4, "little") + token[at + 4 :]
