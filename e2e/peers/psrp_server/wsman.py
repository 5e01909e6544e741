"""The shell operations, over any number of connections."""

import base64
import uuid
import xml.etree.ElementTree as ElementTree


from .envelopes import envelope, fault, identify
from .names import GONE, IDENTITY, NO_CONFIGURATION, NS, PS_NS, SHELL, TRANSFER, say
from .pipeline import PARAMETERS
from .shell import Shell

WORDS = {
    GONE: ("w:InvalidSelectors", "The shell is gone."),
    NO_CONFIGURATION: ("w:InvalidResourceURI", "The resource URI was not found in the WS-Management catalog."),
    2150858793: ("w:TimedOut", "The WS-Management service cannot complete the operation in time."),
}


class Request:
    """One envelope, taken apart as far as every operation needs it."""

    def __init__(self, text, shells):
        self.tree = ElementTree.fromstring(text)
        header = self.tree.find("s:Header", NS)
        self.body = self.tree.find("s:Body", NS)
        self.action = header.findtext("a:Action", "", NS)
        self.message_id = header.findtext("a:MessageID", None, NS)
        self.resource = header.findtext("w:ResourceURI", "", NS)
        self.timeout = min(20.0, float(header.findtext("w:OperationTimeout", "PT20S", NS)[2:-1]))
        self.verb = self.action.rsplit("/", 1)[-1]
        selector = header.find("w:SelectorSet/w:Selector", NS)
        self.shell_id = None if selector is None else selector.text
        self.shell = shells.get(self.shell_id)
        self.command_id = self.read_command_id()

    @property
    def is_identify(self):
        return self.body.find("{%s}Identify" % IDENTITY) is not None

    def read_command_id(self):
        places = ("rsp:CommandLine", "rsp:Receive/rsp:DesiredStream", "rsp:Send/rsp:Stream", "rsp:Signal", "rsp:Connect")
        found = [element.get("CommandId") for place in places for element in self.body.iterfind(place, NS)]
        return uuid.UUID(found[0]) if found and found[0] else None

    @property
    def command_data(self):
        return base64.b64decode(self.body.findtext("rsp:CommandLine/rsp:Arguments", "", NS))

    @property
    def command(self):
        """The cmdlet that this request is about, by name; None for the shell's own requests."""
        if self.verb == "Command":
            data = self.command_data
            return next((name for name in PARAMETERS if f'N="Cmd">{name}<'.encode() in data), None)
        return self.shell.name_of(self.command_id) if self.shell is not None else None


class Wsman:
    def __init__(self, endpoint, configuration, orders):
        self.endpoint = endpoint
        self.configuration = configuration
        self.orders = orders
        self.shells = {}

    def read(self, text):
        return Request(text, self.shells)

    def handle(self, request):
        """Status and envelope."""
        if request.is_identify:
            return identify()
        say(event="request", verb=request.verb)
        about_all = request.verb in ("Get", "Enumerate") and request.resource.lower().startswith(SHELL)
        if not about_all and not request.resource.lower().endswith("/" + self.configuration.lower()):
            return self.refuse(request, NO_CONFIGURATION)
        if request.verb not in ("Create", "Enumerate") and request.shell is None:
            return self.refuse(request, GONE)
        answer = getattr(self, "do_" + request.verb.lower())(request)
        if isinstance(answer, int):
            return self.refuse(request, answer)
        return envelope(200, request.action + "Response", request.message_id, answer)

    @staticmethod
    def refuse(request, code):
        subcode, text = WORDS.get(code, ("w:InternalError", f"PEER words for fault {code}."))
        return fault(request.message_id, code, subcode, text)

    def do_create(self, request):
        element = request.body.find("rsp:Shell", NS)
        shell_id = element.get("ShellId")
        if shell_id in self.shells:
            return 183
        self.shells[shell_id] = Shell(self.endpoint, self.orders, base64.b64decode(element.findtext("{%s}creationXml" % PS_NS)))
        return (
            '<x:ResourceCreated xmlns:x="%s"><a:Address>http://peer/wsman</a:Address><a:ReferenceParameters>'
            '<w:ResourceURI>%s/%s</w:ResourceURI><w:SelectorSet><w:Selector Name="ShellId">%s</w:Selector></w:SelectorSet>'
            "</a:ReferenceParameters></x:ResourceCreated><rsp:Shell><rsp:ShellId>%s</rsp:ShellId></rsp:Shell>"
        ) % (TRANSFER, PS_NS, self.configuration, shell_id, shell_id)

    def do_command(self, request):
        request.shell.command(request.command_id, request.command_data)
        return "<rsp:CommandResponse><rsp:CommandId>%s</rsp:CommandId></rsp:CommandResponse>" % str(request.command_id).upper()

    def do_send(self, request):
        for stream in request.body.iterfind("rsp:Send/rsp:Stream", NS):
            request.shell.send(base64.b64decode(stream.text or ""))
        return "<rsp:SendResponse/>"

    def do_signal(self, request):
        code = request.body.findtext("rsp:Signal/rsp:Code", None, NS)
        act = request.shell.stop if code == "powershell/signal/crtl_c" else request.shell.terminate
        act(request.command_id)
        return "<rsp:SignalResponse/>"

    def do_delete(self, request):
        del self.shells[request.shell_id]
        return ""

    def do_disconnect(self, request):
        request.shell.disconnect()
        return ""

    def do_reconnect(self, request):
        request.shell.reconnect()
        return ""

    def do_connect(self, _request):
        return "<rsp:ConnectResponse/>"

    def do_get(self, request):
        return self.described(request.shell_id, request.shell)

    def do_enumerate(self, request):
        wanted = request.body.findtext("n:Enumerate/w:Filter/w:SelectorSet/w:Selector", None, NS)
        if wanted is None:
            items = "".join(self.described(shell_id, shell) for shell_id, shell in self.shells.items())
        else:
            commands = self.shells[wanted].pipelines if wanted in self.shells else {}
            items = "".join(f"<rsp:Command><rsp:CommandId>{str(key).upper()}</rsp:CommandId></rsp:Command>" for key in commands)
        return f"<n:EnumerateResponse><w:Items>{items}</w:Items><w:EndOfSequence/></n:EnumerateResponse>"

    def described(self, shell_id, shell):
        state = "Connected" if shell.connected else "Disconnected"
        return (
            f"<rsp:Shell><rsp:ShellId>{shell_id}</rsp:ShellId><rsp:ResourceUri>{PS_NS}/{self.configuration}</rsp:ResourceUri>"
            f"<rsp:State>{state}</rsp:State></rsp:Shell>"
        )

    def do_receive(self, request):
        answer = request.shell.receive(request.command_id, request.timeout)
        if isinstance(answer, int):
            return answer
        pieces, done = answer
        attribute = "" if request.command_id is None else f' CommandId="{str(request.command_id).upper()}"'
        if self.orders.next("oneStream") is not None:
            pieces = [b"".join(pieces)]
        cut = self.orders.next("cutFragments")
        if cut is not None:
            pieces = [half for piece in pieces for half in (piece[: len(piece) // 2], piece[len(piece) // 2 :])]
        streams = "".join(f'<rsp:Stream Name="stdout"{attribute}>{base64.b64encode(piece).decode()}</rsp:Stream>' for piece in pieces)
        state = f'<rsp:CommandState{attribute} State="{SHELL}/CommandState/Done"><rsp:ExitCode>0</rsp:ExitCode></rsp:CommandState>'
        return f"<rsp:ReceiveResponse>{streams}{state if done else ''}</rsp:ReceiveResponse>"
