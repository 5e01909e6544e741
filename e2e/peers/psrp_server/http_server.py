"""HTTP over one socket at a time: sign-in, sealed bodies, and the faults that live below the envelope."""

import http.server
import socket
import ssl
import sys
import traceback

from . import faults, sealing
from .names import say
from .sign_in import SignIn

SOAP = "application/soap+xml;charset=UTF-8"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 120
    disable_nagle_algorithm = True

    def setup(self):
        super().setup()
        self.orders = self.server.orders
        self.sign_in = SignIn(self.orders, self.server.bindings)
        self.token = []

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        order = self.orders.next("http")
        if order is not None and self.shown(order, None):
            return
        if not self.sign_in.complete and not self.signed_in():
            return
        if not body:
            return self.answer(200, b"", self.token)
        if self.server.bindings is not None:
            # Over HTTPS the TLS layer protects what is said, and the last token comes with the first request.
            return self.act(body, sealed=False)
        if not self.headers.get("Content-Type", "").startswith("multipart/encrypted"):
            return self.answer(500, b"")
        self.act(sealing.open_body(self.sign_in.context, body), sealed=True)

    def signed_in(self):
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        status, values = self.sign_in.step(scheme, token)
        if status == 200:
            self.token = values
            return True
        closes = self.orders.next("closeAfter401") is not None
        self.write_raw(401, [*(("WWW-Authenticate", value) for value in values), *([("Connection", "close")] if closes else [])], b"")
        self.close_connection = closes
        return False

    def act(self, text, sealed):
        request = self.server.wsman.read(text)
        order = None if request.is_identify else self.orders.next(request.verb, request.command)
        if order is None:
            return self.reply(*self.server.wsman.handle(request), sealed)
        if self.shown(order, request):
            return
        faults.delay(order)
        status, reply = faults.code(order, request) or self.server.wsman.handle(request)
        reply = faults.twisted(order, reply)
        if order["fault"] == "unsealed":
            return self.answer(status, reply.encode(), self.token)
        self.reply(status, reply, sealed, order)

    def shown(self, order, request):
        """What is sent without acting; true when nothing else is to follow."""
        if order["fault"] == "cutBefore":
            self.cut()
            return True
        raw = faults.instead(order, request)
        if raw is None:
            if request is None:
                faults.delay(order)
            return False
        status, headers, body = raw
        self.close_connection = order.get("close", False)
        self.write_raw(status, headers, body)
        return True

    def reply(self, status, text, sealed, order=None):
        fault = None if order is None else order["fault"]
        body = sealing.seal(self.sign_in.context, text, fault) if sealed else text.encode()
        content_type = sealing.TYPE if sealed else SOAP
        token, self.token = self.token, []
        if fault == "cutAfter":
            return self.cut()
        if fault in ("cutInside", "stall"):
            self.head(status, len(body), content_type, token)
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            return self.cut() if fault == "cutInside" else faults.delay({"fault": "delay", "seconds": order["seconds"]})
        if fault == "chunked":
            return self.chunked(status, body, content_type)
        if fault == "untilEnd":
            self.close_connection = True
            return self.write_raw(status, {"Content-Type": content_type, "Connection": "close"}, body, sized=False)
        if fault == "interim":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        if fault == "drip":
            return self.drip(status, body, content_type)
        self.answer(status, body, token, content_type)
        if fault == "closeAfter":
            self.cut()

    def answer(self, status, body, authenticate=(), content_type=SOAP):
        self.head(status, len(body), content_type, authenticate)
        self.wfile.write(body)

    def head(self, status, length, content_type, authenticate):
        self.send_response(status)
        for value in authenticate:
            self.send_header("WWW-Authenticate", value)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def write_raw(self, status, headers, body, sized=True):
        pairs = list(headers.items() if isinstance(headers, dict) else headers)
        if sized and not any(name.lower() in ("content-length", "transfer-encoding") for name, _ in pairs):
            pairs.append(("Content-Length", str(len(body))))
        lines = [f"HTTP/1.1 {status} Peer", *(f"{name}: {value}" for name, value in pairs), "", ""]
        self.wfile.write("\r\n".join(lines).encode() + body)

    def chunked(self, status, body, content_type):
        pieces = [body[at : at + 1000] for at in range(0, len(body), 1000)]
        text = b"".join(f"{len(piece):x};peer=1\r\n".encode() + piece + b"\r\n" for piece in pieces) + b"0\r\nX-Peer: 1\r\n\r\n"
        self.write_raw(status, {"Content-Type": content_type, "Transfer-Encoding": "chunked"}, text)

    def drip(self, status, body, content_type):
        self.head(status, len(body), content_type, ())
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for at in range(0, len(body), 7):
            self.wfile.write(body[at : at + 7])
            self.wfile.flush()

    def cut(self):
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    bindings = None

    def handle_error(self, request, client_address):
        # A client that only looks at the certificate leaves after the handshake; one that was shown a fault hangs up.
        problem = sys.exc_info()[1]
        if not isinstance(problem, (ssl.SSLError, OSError)):
            say(event="crashed", because="".join(traceback.format_exception(problem)[-3:]))
