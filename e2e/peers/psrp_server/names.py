"""Names of the wire, and two small helpers that every part uses."""

import datetime
import json
import threading

NS = {
    "s": "http://www.w3.org/2003/05/soap-envelope",
    "a": "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    "w": "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd",
    "n": "http://schemas.xmlsoap.org/ws/2004/09/enumeration",
    "rsp": "http://schemas.microsoft.com/wbem/wsman/1/windows/shell",
}
SHELL = NS["rsp"]
PS_NS = "http://schemas.microsoft.com/powershell"
IDENTITY = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"
TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer"

GONE = 2150858843
ABORTED = 995
TIMED_OUT = 2150858793
DISCONNECTED = 2150859230
NO_CONFIGURATION = 2150858811

_telling = threading.Lock()


def say(**fact):
    """Tells one thing on standard output. Each connection has a thread of its own, and a print is two writes."""
    with _telling:
        print(json.dumps(fact), flush=True)


def now():
    return datetime.datetime.now(datetime.timezone.utc)
