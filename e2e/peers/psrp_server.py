"""A JEA endpoint made of other people's code: psrpcore speaks PSRP, pyspnego signs in and seals.

Our client is driven against it, so that no mistake can hide by standing at both ends of the wire. It keeps one
grant and one finished session, prints one JSON line when it listens, and one JSON line for each thing it saw.
"""

import argparse
import base64
import datetime
import hashlib
import http.server
import ipaddress
import json
import os
import ssl
import sys
import tempfile
import threading
import uuid
import xml.etree.ElementTree as ElementTree

import psrpcore
import psrpcore.types as ps
import spnego
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from spnego.channel_bindings import GssChannelBindings

NS = {
    "s": "http://www.w3.org/2003/05/soap-envelope",
    "a": "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    "w": "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd",
    "rsp": "http://schemas.microsoft.com/wbem/wsman/1/windows/shell",
}
SHELL = NS["rsp"]
PS_NS = "http://schemas.microsoft.com/powershell"
IDENTITY = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"
TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer"
SEALED = 'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"'
CONSENT = "By approving this request, the PEER'S support organization will be given direct access to your device.\n\nIt says so itself."
UTC = datetime.timezone.utc


TELLING = threading.Lock()


def say(**fact):
    # Each connection has a thread of its own, and a print is two writes.
    with TELLING:
        print(json.dumps(fact), flush=True)


def now():
    return datetime.datetime.now(UTC)


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def custom(**properties):
    """A PSCustomObject with note properties."""
    value = ps.PSCustomObject(**properties)
    return value


class Endpoint:
    """What the endpoint knows: one grant at a time, one session of yesterday, its transcript."""

    def __init__(self, consent_variant):
        self.lock = threading.Lock()
        self.grants = []
        self.consent_variant = consent_variant
        self.session_id = "5f3c6a1e-0000-4000-8000-00000000beef"

    def access(self, include_expired):
        for grant in self.grants:
            expires = grant["ExpiresAt"]
            state = "Active" if grant["open"] and expires > now() else "Expired"
            if state == "Active" or include_expired:
                yield custom(
                    State=state,
                    CreatedAt=stamp(grant["CreatedAt"]),
                    UpdatedAt=stamp(grant["CreatedAt"]),
                    ConnectionStatus="Connecting",
                    ConnectionErrorMessage=None,
                    TargetService="PowerShell",
                    AccessLevel=grant["AccessLevel"],
                    ExpiresAt=stamp(expires),
                    SasCredential="this must never be shown",
                )

    def enable(self, level, minutes):
        moment = now()
        self.grants.append(
            {"open": True, "CreatedAt": moment, "AccessLevel": level, "ExpiresAt": moment + datetime.timedelta(minutes=minutes)}
        )

    def disable(self):
        for grant in self.grants:
            grant["open"] = False

    def transcript(self):
        bar = "*" * 22
        lines = [bar, "Windows PowerShell transcript start", "Start time: 20261120101500", "Username: PEER\\peer$", bar]
        for index in range(2000):
            lines.append('PS>CommandInvocation(Get-AzsSupportDiskSpace): "Get-AzsSupportDiskSpace"')
            lines.append(f'>> ParameterBinding(Get-AzsSupportDiskSpace): name="ComputerName"; value="peer-{index:04}"')
        return "\r\n".join([*lines, bar, "Windows PowerShell transcript end", "End time: 20261120111500", bar])


class Pipeline:
    """One command on its way: run at once, or waiting for the answer to its question."""

    def __init__(self, shell, pipeline):
        self.shell = shell
        self.pipeline = pipeline
        self.waiting = None

    def start(self):
        pipe = self.pipeline
        pipe.start()
        for command in pipe.metadata.commands:
            if command.is_script:
                return self.fail("ScriptsNotAllowed", ps.ErrorCategory.ParserError, "The syntax is not supported by this runspace.")
        name = pipe.metadata.commands[0].command_text
        arguments = {str(key).lower(): value for key, value in pipe.metadata.commands[0].parameters}
        say(event="command", name=name, parameters=sorted(arguments), redirect=bool(pipe.metadata.redirect_shell_error_to_out))
        run = getattr(self, "run_" + name.replace("-", "_").lower(), None)
        if run is None:
            return self.fail("CommandNotFoundException", ps.ErrorCategory.ObjectNotFound, f"The term '{name}' is not recognized.")
        run(arguments)

    def write(self, *values):
        for value in values:
            self.pipeline.write_output(value)

    def fail(self, error_id, category, message):
        error = ps.ErrorRecord(
            Exception=ps.NETException(Message=message), CategoryInfo=ps.ErrorCategoryInfo(Category=category), FullyQualifiedErrorId=error_id
        )
        self.pipeline._change_state(ps.PSInvocationState.Failed, error=error)

    def run_get_command(self, arguments):
        names = {
            "Enable-RemoteSupport": ["AccessLevel", "ExpireInMinutes"],
            "Disable-RemoteSupport": [],
            "Get-RemoteSupportAccess": ["IncludeExpired"],
            "Get-RemoteSupportSessionHistory": ["FromDate", "SessionId", "IncludeSessionTranscript"],
            "Get-AzureStackStampInformation": [],
            "Get-Command": ["Name"],
        }
        wanted = arguments.get("name")
        wanted = [wanted] if isinstance(wanted, str) else list(wanted or names)
        for name in wanted:
            if str(name) in names:
                parameters = ps.PSDict({parameter: custom(Name=parameter) for parameter in names[str(name)]})
                self.write(custom(Name=str(name), CommandType="Function", Parameters=parameters))
        self.pipeline.complete()

    def run_get_azurestackstampinformation(self, arguments):
        self.write(custom(StampVersion="1.2206.2.52", Timezone="UTC", EmergencyConsoleIPAddresses=["127.0.0.1"]))
        self.pipeline.complete()

    def run_get_remotesupportaccess(self, arguments):
        self.write(*self.shell.endpoint.access("includeexpired" in arguments))
        self.pipeline.complete()

    def run_disable_remotesupport(self, arguments):
        self.shell.endpoint.disable()
        self.write("Disabling Remote Support.", "Remote Support successfully Disabled.")
        self.pipeline.complete()

    def run_get_remotesupportsessionhistory(self, arguments):
        endpoint = self.shell.endpoint
        wanted = arguments.get("sessionid")
        if wanted is None or str(wanted) == endpoint.session_id:
            text = endpoint.transcript() if "includesessiontranscript" in arguments else None
            self.write(
                custom(
                    SessionId=endpoint.session_id,
                    RemoteApplication="Powershell",
                    AccessLevel="Diagnostics",
                    ControlSession=False,
                    SessionStartTime="11/20/2026 10:15:01 AM +00:00",
                    SessionEndTime="11/20/2026 11:15:00 AM +00:00",
                    SessionTranscriptPath="C:\\Transcripts\\RemoteDiagnostics\\PowerShell_transcript.PEER.txt",
                    SessionTranscriptContent=text,
                )
            )
        self.pipeline.complete()

    def run_enable_remotesupport(self, arguments):
        choices = [ps.ChoiceDescription("&Yes", "Yes"), ps.ChoiceDescription("&No", "No")]
        if self.shell.endpoint.consent_variant == "strange":
            choices = [ps.ChoiceDescription("&Maybe", ""), ps.ChoiceDescription("&Later", ""), ps.ChoiceDescription("&Never", "")]
        self.waiting = arguments
        self.pipeline.host_call(ps.HostMethodIdentifier.PromptForChoice, [CONSENT, "\r\nProceed with enabling remote support?", choices, 0])

    def answered(self, event):
        arguments, self.waiting = self.waiting, None
        say(event="answer", result=event.result, error=event.error is not None)
        if event.error is None and event.result == 0:
            self.shell.endpoint.enable(str(arguments["accesslevel"]), int(arguments.get("expireinminutes", 480)))
            self.write("Remote Support successfully Enabled.", *self.shell.endpoint.access(False))
        self.pipeline.complete()


class Shell:
    """One WSMan shell: a psrpcore pool, and for each source the fragments that wait for a Receive."""

    def __init__(self, endpoint, creation):
        self.endpoint = endpoint
        self.changed = threading.Condition()
        self.pool = psrpcore.ServerRunspacePool()
        self.pipelines = {}
        self.out = {}
        self.ended = set()
        with self.changed:
            self.feed(creation)

    def feed(self, data):
        self.pool.receive_data(psrpcore.PSRPPayload(data, psrpcore.StreamType.default, None))
        while (event := self.pool.next_event()) is not None:
            self.on_event(event)
            self.collect()

    def on_event(self, event):
        if isinstance(event, psrpcore.CreatePipelineEvent):
            pipeline = Pipeline(self, self.pool.pipeline_table[event.pipeline_id])
            self.pipelines[event.pipeline_id] = pipeline
            pipeline.start()
        elif isinstance(event, psrpcore.PipelineHostResponseEvent):
            pipeline = self.pipelines.get(event.pipeline_id)
            if pipeline is not None and pipeline.waiting is not None:
                pipeline.answered(event)

    def collect(self):
        while (payload := self.pool.data_to_send(32768)) is not None:
            self.out.setdefault(payload.pipeline_id, []).append(payload.data)
        terminal = (ps.PSInvocationState.Completed, ps.PSInvocationState.Failed, ps.PSInvocationState.Stopped)
        self.ended |= {key for key, value in self.pipelines.items() if value.pipeline.state in terminal}
        self.changed.notify_all()

    def command(self, command_id, data):
        with self.changed:
            psrpcore.ServerPipeline(self.pool, command_id)
            self.feed(data)

    def send(self, data):
        with self.changed:
            self.feed(data)

    def stop(self, command_id):
        with self.changed:
            pipeline = self.pipelines[command_id]
            say(event="stop", waiting=pipeline.waiting is not None)
            pipeline.waiting = None
            if command_id not in self.ended:
                pipeline.pipeline.stop()
                self.collect()

    def receive(self, command_id, seconds):
        with self.changed:
            self.changed.wait_for(lambda: self.out.get(command_id), timeout=seconds)
            pieces, self.out[command_id] = self.out.get(command_id, [])[:20], self.out.get(command_id, [])[20:]
            return pieces, command_id in self.ended and not self.out[command_id]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 120

    def setup(self):
        super().setup()
        self.context = None
        self.final_token = None

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        if self.context is None or not self.context.complete:
            if not self.sign_in(scheme, token):
                return
            if not body:
                return self.answer(200, b"", self.final_token)
        if self.server.bindings is not None and body:
            # Over HTTPS the TLS layer protects what is said, and the last token comes with the first request.
            status, reply = self.server.wsman.handle(body)
            self.answer(status, reply, self.final_token)
            self.final_token = None
            return
        if self.headers.get("Content-Type", "").startswith("multipart/encrypted"):
            envelope = self.context.unwrap_winrm(*self.open_body(body))
        elif not body:
            return self.answer(200, b"", self.final_token)
        else:
            return self.answer(500, b"", None)
        status, reply = self.server.wsman.handle(envelope)
        self.answer(status, self.seal(reply), None, SEALED)

    def sign_in(self, scheme, token):
        self.final_token = None
        if scheme.lower() not in ("negotiate", "ntlm"):
            self.challenge(None)
            return False
        if self.context is None:
            bare = scheme.lower() == "ntlm"
            options = spnego.NegotiateOptions.use_ntlm if bare else spnego.NegotiateOptions.use_negotiate
            self.context = spnego.server(
                protocol="ntlm" if bare else "negotiate", options=options, channel_bindings=self.server.bindings
            )
        try:
            answer = self.context.step(base64.b64decode(token))
        except spnego.exceptions.SpnegoError as problem:
            say(event="signInRefused", because=type(problem).__name__)
            self.context = None
            self.challenge(None)
            return False
        if not self.context.complete:
            self.challenge(answer)
            return False
        say(event="signedIn", account=str(self.context.client_principal))
        self.final_token = answer
        return True

    def challenge(self, token):
        value = "Negotiate" if token is None else "Negotiate " + base64.b64encode(token).decode()
        self.send_response(401)
        self.send_header("WWW-Authenticate", value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(self, status, body, token, content_type="application/soap+xml;charset=UTF-8"):
        self.send_response(status)
        if token is not None:
            self.send_header("WWW-Authenticate", "Negotiate " + base64.b64encode(token).decode())
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @staticmethod
    def open_body(body):
        start = body.index(b"Content-Type: application/octet-stream\r\n") + len(b"Content-Type: application/octet-stream\r\n")
        length = int.from_bytes(body[start : start + 4], "little")
        end = body.rindex(b"--Encrypted Boundary--")
        return body[start + 4 : start + 4 + length], body[start + 4 + length : end]

    def seal(self, envelope):
        wrapped = self.context.wrap_winrm(envelope)
        head = (
            "--Encrypted Boundary\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
            f"\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length={len(envelope) + wrapped.padding_length}\r\n"
            "--Encrypted Boundary\r\n\tContent-Type: application/octet-stream\r\n"
        )
        return head.encode() + len(wrapped.header).to_bytes(4, "little") + wrapped.header + wrapped.data + b"--Encrypted Boundary--\r\n"


class Wsman:
    """The shell operations, over any number of connections."""

    def __init__(self, endpoint, configuration):
        self.endpoint = endpoint
        self.configuration = configuration
        self.shells = {}

    def handle(self, envelope):
        tree = ElementTree.fromstring(envelope)
        header, body = tree.find("s:Header", NS), tree.find("s:Body", NS)
        if body.find("{%s}Identify" % IDENTITY) is not None:
            return self.identify()
        action = header.findtext("a:Action", None, NS)
        message_id = header.findtext("a:MessageID", None, NS)
        resource = header.findtext("w:ResourceURI", None, NS)
        verb = action.rsplit("/", 1)[-1]
        say(event="request", verb=verb)
        if not resource.lower().endswith("/" + self.configuration.lower()):
            return self.fault(message_id, 2150858811, "w:InvalidResourceURI", "The resource URI was not found in the WS-Management catalog.")
        selector = header.find("w:SelectorSet/w:Selector", NS)
        shell = self.shells.get(selector.text if selector is not None else None)
        if verb != "Create" and shell is None:
            return self.fault(message_id, 2150858843, "w:InvalidSelectors", "The shell is gone.")
        if verb == "Receive":
            return self.receive(message_id, action, header, body, shell)
        return self.envelope(200, action + "Response", message_id, getattr(self, "do_" + verb.lower())(body, shell, selector))

    def do_create(self, body, _shell, _selector):
        element = body.find("rsp:Shell", NS)
        shell_id = element.get("ShellId")
        self.shells[shell_id] = Shell(self.endpoint, base64.b64decode(element.findtext("{%s}creationXml" % PS_NS)))
        return (
            '<x:ResourceCreated xmlns:x="%s"><a:Address>http://peer/wsman</a:Address><a:ReferenceParameters>'
            '<w:ResourceURI>%s/%s</w:ResourceURI><w:SelectorSet><w:Selector Name="ShellId">%s</w:Selector></w:SelectorSet>'
            "</a:ReferenceParameters></x:ResourceCreated><rsp:Shell><rsp:ShellId>%s</rsp:ShellId></rsp:Shell>"
        ) % (TRANSFER, PS_NS, self.configuration, shell_id, shell_id)

    def do_command(self, body, shell, _selector):
        line = body.find("rsp:CommandLine", NS)
        shell.command(uuid.UUID(line.get("CommandId")), base64.b64decode(line.findtext("rsp:Arguments", None, NS)))
        return "<rsp:CommandResponse><rsp:CommandId>%s</rsp:CommandId></rsp:CommandResponse>" % line.get("CommandId")

    def do_send(self, body, shell, _selector):
        for stream in body.iterfind("rsp:Send/rsp:Stream", NS):
            shell.send(base64.b64decode(stream.text or ""))
        return "<rsp:SendResponse/>"

    def do_signal(self, body, shell, _selector):
        signal = body.find("rsp:Signal", NS)
        if signal.findtext("rsp:Code", None, NS) == "powershell/signal/crtl_c":
            shell.stop(uuid.UUID(signal.get("CommandId")))
        return "<rsp:SignalResponse/>"

    def do_delete(self, _body, _shell, selector):
        del self.shells[selector.text]
        return ""

    def receive(self, message_id, action, header, body, shell):
        wanted = body.find("rsp:Receive/rsp:DesiredStream", NS).get("CommandId")
        command_id = None if wanted is None else uuid.UUID(wanted)
        timeout = header.findtext("w:OperationTimeout", "PT20S", NS)
        pieces, done = shell.receive(command_id, min(20.0, float(timeout[2:-1])))
        if not pieces and not done:
            return self.fault(message_id, 2150858793, "w:TimedOut", "The WS-Management service cannot complete the operation in time.")
        attribute = "" if wanted is None else f' CommandId="{wanted}"'
        streams = "".join(f'<rsp:Stream Name="stdout"{attribute}>{base64.b64encode(piece).decode()}</rsp:Stream>' for piece in pieces)
        state = f'<rsp:CommandState{attribute} State="{SHELL}/CommandState/Done"><rsp:ExitCode>0</rsp:ExitCode></rsp:CommandState>'
        return self.envelope(200, action + "Response", message_id, f"<rsp:ReceiveResponse>{streams}{state if done else ''}</rsp:ReceiveResponse>")

    @staticmethod
    def identify():
        """Identify carries no addressing (DSP0226 11)."""
        facts = f"<i:IdentifyResponse><i:ProtocolVersion>{NS['w']}</i:ProtocolVersion><i:ProductVendor>peer</i:ProductVendor></i:IdentifyResponse>"
        return 200, f'<s:Envelope xmlns:s="{NS["s"]}" xmlns:i="{IDENTITY}"><s:Header/><s:Body>{facts}</s:Body></s:Envelope>'.encode()

    def fault(self, message_id, code, subcode, text):
        detail = (
            f"<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>{subcode}</s:Value></s:Subcode></s:Code>"
            f'<s:Reason><s:Text xml:lang="en-US">{text}</s:Text></s:Reason><s:Detail>'
            f'<f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="{code}" Machine="peer">'
            f"<f:Message>{text}</f:Message></f:WSManFault></s:Detail></s:Fault>"
        )
        return self.envelope(500, "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault", message_id, detail)

    @staticmethod
    def envelope(status, action, message_id, body):
        spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NS.items())
        return status, (
            f'<s:Envelope xml:lang="en-US" {spaces}><s:Header><a:Action>{action}</a:Action>'
            f"<a:MessageID>uuid:{str(uuid.uuid4()).upper()}</a:MessageID><a:RelatesTo>{message_id}</a:RelatesTo>"
            f"</s:Header><s:Body>{body}</s:Body></s:Envelope>"
        ).encode()


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    bindings = None

    def speak_tls(self):
        """Takes a certificate of its own: EC and SHA-384, so that a binding has to choose its hash by it (RFC 5929 4.1)."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "peer")])
        names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        certificate = (
            x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key(), serial_number=x509.random_serial_number())
            .not_valid_before(now() - datetime.timedelta(days=1))
            .not_valid_after(now() + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .sign(key, hashes.SHA384())
        )
        der = certificate.public_bytes(serialization.Encoding.DER)
        self.bindings = GssChannelBindings(application_data=b"tls-server-end-point:" + hashlib.sha384(der).digest())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.NamedTemporaryFile("wb", suffix=".pem") as file:
            file.write(certificate.public_bytes(serialization.Encoding.PEM))
            file.write(
                key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            )
            file.flush()
            context.load_cert_chain(file.name)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        return hashlib.sha256(der).hexdigest()

    def handle_error(self, request, client_address):
        # A client that only looks at the certificate leaves after the handshake.
        if not isinstance(sys.exc_info()[1], (ssl.SSLError, ConnectionError)):
            super().handle_error(request, client_address)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--account", required=True, help=r"DOMAIN\user")
    parser.add_argument("--password-file", required=True)
    parser.add_argument("--configuration", default="PrivilegedEndpoint")
    parser.add_argument("--consent", choices=["usual", "strange"], default="usual")
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
        server.wsman = Wsman(Endpoint(options.consent), options.configuration)
        secured = {"certificateSha256": server.speak_tls()} if options.tls else {}
        say(event="listening", port=server.server_address[1], **secured)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdin.read()


if __name__ == "__main__":
    main()
