"""How the scenarios reach the stamp, and what they say to it."""

import json
import os
import xml.etree.ElementTree as ElementTree

from pypsrp.host import PSHost, PSHostUserInterface
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import NAMESPACES, SelectorSet, WSMan

#: The usual stamp; one over HTTPS that refuses a sign-in without a binding; one that is slow to end and has much to say.
READY, SECURE, SLOW = (json.loads(os.environ[name]) for name in ("STAMP_READY", "STAMP_READY_TLS", "STAMP_READY_SLOW"))
PASSWORD = os.environ["STAMP_PASSWORD"]
CONFIGURATION = READY["configuration"]
#: What stops a command; corrected, it closes it ([MS-PSRP] 3.1.5.3.9).
STOP = "powershell/signal/crtl_c"


class Answering(PSHostUserInterface):
    """A user interface that answers every choice with one index and remembers what was asked."""

    def __init__(self, answer, before=lambda: None):
        super().__init__()
        self.answer = answer
        self.before = before
        self.asked = []

    def PromptForChoice(self, runspace, pipeline, caption, message, choices, default_choice):
        self.asked.append((caption, message, [str(choice) for choice in choices], default_choice))
        self.before()
        return self.answer


def connect(endpoint=0, password=PASSWORD, stamp=READY, **options):
    place = stamp["endpoints"][endpoint]
    return WSMan(
        place["host"], port=place["port"], ssl=False, auth="ntlm", encryption="always", username=stamp["account"], password=password, **options
    )


def connect_secure(endpoint=0, password=PASSWORD, **options):
    place = SECURE["endpoints"][endpoint]
    return WSMan(
        place["host"], port=place["port"], ssl=True, cert_validation=False, auth="ntlm", username=SECURE["account"], password=password, **options
    )


def pool(wsman=None, host=None, configuration=CONFIGURATION):
    return RunspacePool(wsman or connect(), host=host, configuration_name=configuration)


def host_with(interface):
    return PSHost(None, None, False, "peer", None, interface, "1.0")


def command(opened, name, **parameters):
    shell = PowerShell(opened)
    shell.add_cmdlet(name)
    for key, value in parameters.items():
        shell.add_parameter(key, value)
    return shell


def run(opened, name, **parameters):
    shell = command(opened, name, **parameters)
    output = shell.invoke()
    return shell, output


def signal(wsman, opened, shell, code=STOP):
    """A code for somebody's command, over a connection of one's own."""
    body = ElementTree.Element("{%s}Signal" % NAMESPACES["rsp"], attrib={"CommandId": str(shell.id).upper()})
    ElementTree.SubElement(body, "{%s}Code" % NAMESPACES["rsp"]).text = code
    selectors = SelectorSet()
    selectors.add_option("ShellId", opened.shell.id)
    wsman.signal(opened.shell.resource_uri, body, selector_set=selectors)


def properties(value):
    return {**value.adapted_properties, **value.extended_properties}


def enable(answer, level="Diagnostics", minutes=60):
    interface = Answering(answer)
    with connect() as wsman, pool(wsman, host_with(interface)) as opened:
        shell, output = run(opened, "Enable-RemoteSupport", AccessLevel=level, ExpireInMinutes=minutes)
        return interface, shell, output


def access(endpoint=0, stamp=READY, **parameters):
    with connect(endpoint, stamp=stamp) as wsman, pool(wsman) as opened:
        return [properties(value) for value in run(opened, "Get-RemoteSupportAccess", **parameters)[1]]


def close_door():
    with connect() as wsman, pool(wsman) as opened:
        run(opened, "Disable-RemoteSupport")
