"""The faults below PSRP, by name: what is sent instead of acting, and how an answer is spoiled after the act."""

import re
import time

from .envelopes import fault

PAGE = b"<!DOCTYPE html><html><body><h1>PEER: this is no WinRM answer</h1></body></html>"
ENTITIES = '<!DOCTYPE bomb [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def instead(order, request):
    """Raw HTTP that is sent without acting: status, headers, body. None where the act is done all the same."""
    name = order["fault"]
    if name == "status":
        return order["status"], order.get("headers", {}), order.get("body", "").encode()
    if name == "html":
        return 200, {"Content-Type": "text/html"}, PAGE
    if name == "huge":
        return 200, {"Content-Type": "application/soap+xml;charset=UTF-8", "Content-Length": str(100 * 1024 * 1024)}, b" " * 65536
    if name == "twoLengths":
        return 200, [("Content-Length", "0"), ("Content-Length", "5")], b"hello"
    if name == "manyHeaders":
        return 200, [(f"X-Peer-{index}", "x") for index in range(200)], b""
    if name == "longHeader":
        return 200, {"X-Peer": "x" * 100_000}, b""
    return None


def code(order, request):
    """A fault in place of the act, as an envelope; None for every other order."""
    if order["fault"] != "code":
        return None
    subcode, text = order.get("subcode", "w:InternalError"), order.get("text", "PEER words.")
    return fault(request.message_id, order["code"], subcode, text, order.get("message"))


def twisted(order, text):
    """The answer's envelope as the order changes it before it is sealed."""
    name = order["fault"]
    if name == "relatesTo":
        return re.sub(r"<a:RelatesTo>[^<]*", "<a:RelatesTo>uuid:00000000-0000-0000-0000-000000000001", text)
    if name == "wrongAction":
        return re.sub(r"<a:Action>[^<]*", "<a:Action>http://peer/SomethingElseResponse", text)
    if name == "dtd":
        return "<!DOCTYPE s:Envelope>" + text
    if name == "entities":
        return ENTITIES + text.replace("</s:Header>", "<x>&b;</x></s:Header>")
    if name == "deep":
        return text.replace("</s:Header>", "<x>" * 20_000 + "</x>" * 20_000 + "</s:Header>")
    if name == "twoBodies":
        return text.replace("</s:Body>", "</s:Body><s:Body/>")
    if name == "undeclaredPrefix":
        return text.replace("</s:Header>", "<nobody:x/></s:Header>")
    if name == "twoAttributes":
        return text.replace("<s:Header>", '<s:Header x="1" x="2">')
    if name == "cutEnvelope":
        return text[: len(text) * 2 // 3]
    if name == "noXml":
        return "PEER says hello"
    if name == "declaration":
        return '<?xml version="1.0" encoding="utf-8"?>\r\n' + text
    if name == "otherPrefixes":
        return text.replace("<s:", "<peer:").replace("</s:", "</peer:").replace("xmlns:s=", "xmlns:peer=")
    return text


def delay(order):
    if order["fault"] == "delay":
        time.sleep(order["seconds"])
