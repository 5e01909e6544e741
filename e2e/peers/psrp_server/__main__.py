"""Listens on a free port of 127.0.0.1 and takes orders, one JSON line each, until standard input ends."""

import argparse
import json
import os
import sys
import tempfile
import threading

from .endpoint import Endpoint
from .http_server import Handler, Server
from .names import say
from .orders import Orders
from .tls import speak_tls
from .wsman import Wsman


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--account", required=True, help=r"DOMAIN\user")
    parser.add_argument("--password-file", required=True)
    parser.add_argument("--configuration", default="PrivilegedEndpoint")
    parser.add_argument("--tls", action="store_true", help="HTTPS, with channel binding")
    options = parser.parse_args()
    domain, _, user = options.account.partition("\\")
    with open(options.password_file, encoding="utf-8") as file:
        password = file.readline().rstrip("\r\n")
    with tempfile.NamedTemporaryFile("w", suffix=".ntlm", encoding="utf-8") as accounts:
        accounts.write(f"{domain}:{user}:{password}\n")
        accounts.flush()
        os.environ["NTLM_USER_FILE"] = accounts.name
        server = Server(("127.0.0.1", 0), Handler)
        server.orders = Orders()
        server.wsman = Wsman(Endpoint(), options.configuration, server.orders)
        secured = {"certificateSha256": speak_tls(server)} if options.tls else {}
        say(event="listening", port=server.server_address[1], **secured)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for line in sys.stdin:
            obey(json.loads(line), server)


def obey(asked, server):
    """One line of orders; what is told back is the truth of this moment."""
    if asked.get("reset"):
        server.orders.clear()
        server.wsman.endpoint.grants.clear()
        server.wsman.shells.clear()
    if asked.get("grant"):
        server.wsman.endpoint.enable("Diagnostics", 60)
    for order in asked.get("orders", []):
        server.orders.add(order)
    say(event="truth", id=asked["id"], open=server.wsman.endpoint.is_open, shells=len(server.wsman.shells))


main()
