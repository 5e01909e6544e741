"""The practice stamp as clients that are not ours see it: pypsrp and pywinrm. Run by stampAgainstPeer.ts."""

import datetime
import hashlib
import json
import os
import ssl
import sys
import unittest

import winrm
from cryptography import x509
from pypsrp.complex_objects import PSCredential, PSInvocationState
from pypsrp.exceptions import AuthenticationError, WSManFaultError
from pypsrp.host import PSHost, PSHostUserInterface
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan

READY = json.loads(os.environ["STAMP_READY"])
# The same stamp over HTTPS, where a sign-in that is not bound to the certificate is refused.
SECURE = json.loads(os.environ["STAMP_READY_TLS"])
PASSWORD = os.environ["STAMP_PASSWORD"]
CONFIGURATION = READY["configuration"]
DEFAULTS = {"Clear-Host", "Exit-PSSession", "Get-Command", "Get-FormatData", "Get-Help", "Measure-Object", "Out-Default", "Select-Object"}
OURS = {"Enable-RemoteSupport", "Disable-RemoteSupport", "Get-RemoteSupportAccess", "Get-RemoteSupportSessionHistory"}


class Answering(PSHostUserInterface):
    """A user interface that answers every choice with one index and remembers what was asked."""

    def __init__(self, answer):
        super().__init__()
        self.answer = answer
        self.asked = []

    def PromptForChoice(self, runspace, pipeline, caption, message, choices, default_choice):
        self.asked.append((caption, message, [str(choice) for choice in choices], default_choice))
        return self.answer


def connect(endpoint=0, password=PASSWORD):
    place = READY["endpoints"][endpoint]
    return WSMan(place["host"], port=place["port"], ssl=False, auth="ntlm", encryption="always", username=READY["account"], password=password)


def pool(wsman=None, host=None, configuration=CONFIGURATION):
    return RunspacePool(wsman or connect(), host=host, configuration_name=configuration)


def host_with(interface):
    return PSHost(None, None, False, "peer", None, interface, "1.0")


def run(opened, name, **parameters):
    shell = PowerShell(opened)
    shell.add_cmdlet(name)
    for key, value in parameters.items():
        shell.add_parameter(key, value)
    output = shell.invoke()
    return shell, output


def properties(value):
    return {**value.adapted_properties, **value.extended_properties}


def enable(answer, level="Diagnostics", minutes=60):
    interface = Answering(answer)
    with connect() as wsman, pool(wsman, host_with(interface)) as opened:
        shell, output = run(opened, "Enable-RemoteSupport", AccessLevel=level, ExpireInMinutes=minutes)
        return interface, shell, output


def access(endpoint=0, **parameters):
    with connect(endpoint) as wsman, pool(wsman) as opened:
        return [properties(value) for value in run(opened, "Get-RemoteSupportAccess", **parameters)[1]]


def close_door():
    with connect() as wsman, pool(wsman) as opened:
        run(opened, "Disable-RemoteSupport")


class SignIn(unittest.TestCase):
    def test_a_wrong_password_is_refused(self):
        with self.assertRaises(AuthenticationError):
            with connect(password="wrong") as wsman, pool(wsman):
                pass

    def test_a_configuration_that_does_not_exist_has_its_own_fault(self):
        with self.assertRaises(WSManFaultError) as caught:
            with connect() as wsman, pool(wsman, configuration="NoSuchConfiguration"):
                pass
        self.assertEqual(caught.exception.code, 2150858811)

    def test_all_three_endpoints_answer(self):
        for endpoint in range(3):
            with connect(endpoint) as wsman, pool(wsman) as opened:
                names = {str(properties(value).get("Name")) for value in run(opened, "Get-Command")[1]}
                self.assertLessEqual(DEFAULTS | OURS, names)

    def test_a_text_shell_is_refused_by_a_fault_and_not_by_silence(self):
        place = READY["endpoints"][0]
        session = winrm.Session(
            f"http://{place['host']}:{place['port']}/wsman", auth=(READY["account"], PASSWORD), transport="ntlm", message_encryption="always",
            read_timeout_sec=15, operation_timeout_sec=10,
        )
        with self.assertRaises(Exception) as caught:
            session.run_cmd("whoami")
        self.assertNotIsInstance(caught.exception, TimeoutError)
        self.assertRegex(type(caught.exception).__name__, "WSManFault|WinRMTransportError|WinRMError")


def connect_secure(endpoint=0, password=PASSWORD, **options):
    place = SECURE["endpoints"][endpoint]
    return WSMan(
        place["host"], port=place["port"], ssl=True, cert_validation=False, auth="ntlm", username=SECURE["account"], password=password, **options
    )


class OverHttps(unittest.TestCase):
    def test_a_sign_in_that_is_bound_to_the_certificate_opens_every_endpoint(self):
        for endpoint in range(3):
            with connect_secure(endpoint) as wsman, pool(wsman) as opened:
                self.assertEqual(run(opened, "Get-RemoteSupportAccess")[1], [])

    def test_the_certificate_is_the_one_that_was_announced(self):
        place = SECURE["endpoints"][0]
        shown = ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate((place["host"], place["port"])))
        self.assertEqual(hashlib.sha256(shown).hexdigest().upper(), SECURE["certificateSha256"].replace(":", ""))
        read = x509.load_der_x509_certificate(shown)
        self.assertRegex(read.subject.rfc4514_string(), "PRACTICE")
        self.assertEqual(read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value.get_values_for_type(x509.DNSName), ["localhost"])

    def test_a_sign_in_without_a_binding_is_refused(self):
        with self.assertRaises(AuthenticationError):
            with connect_secure(negotiate_send_cbt=False) as wsman, pool(wsman):
                pass

    def test_a_wrong_password_is_refused(self):
        with self.assertRaises(AuthenticationError):
            with connect_secure(password="wrong") as wsman, pool(wsman):
                pass

    def test_consent_yes_opens_the_door_and_a_revoke_closes_it(self):
        interface = Answering(0)
        with connect_secure() as wsman, pool(wsman, host_with(interface)) as opened:
            run(opened, "Enable-RemoteSupport", AccessLevel="Diagnostics", ExpireInMinutes=60)
            self.assertEqual(len(interface.asked), 1)
            self.assertEqual(len(run(opened, "Get-RemoteSupportAccess")[1]), 1)
            run(opened, "Disable-RemoteSupport")
            self.assertEqual(run(opened, "Get-RemoteSupportAccess")[1], [])

    def test_plain_http_gets_no_answer_there(self):
        place = SECURE["endpoints"][0]
        with self.assertRaises(Exception):
            with WSMan(place["host"], port=place["port"], ssl=False, auth="ntlm", username=SECURE["account"], password=PASSWORD) as wsman, pool(wsman):
                pass


class Commands(unittest.TestCase):
    def test_a_script_is_refused(self):
        with connect() as wsman, pool(wsman) as opened:
            shell = PowerShell(opened)
            shell.add_script("Get-Process")
            self.assertEqual(shell.invoke(), [])
            self.assertEqual(shell.state, PSInvocationState.FAILED)
            self.assertEqual([error.fq_error for error in shell.streams.error], ["ScriptsNotAllowed"])

    def test_an_unknown_command_is_not_recognised(self):
        with connect() as wsman, pool(wsman) as opened:
            shell, output = run(opened, "Get-Nothing")
            self.assertEqual(output, [])
            self.assertEqual(shell.state, PSInvocationState.FAILED)
            self.assertRegex(str(shell.streams.error[0]), "not recognized")

    def test_minutes_out_of_range_grant_nothing(self):
        for minutes in (59, 20161, 0, -1):
            interface, shell, output = enable(0, minutes=minutes)
            self.assertEqual(interface.asked, [], minutes)
            self.assertEqual(output, [], minutes)
            self.assertEqual(len(shell.streams.error), 1, minutes)
        self.assertEqual(access(), [])

    def test_the_stamp_says_what_it_is(self):
        with connect() as wsman, pool(wsman) as opened:
            facts = properties(run(opened, "Get-AzureStackStampInformation")[1][0])
        self.assertRegex(str(facts["StampVersion"]), r"^1\.\d{4}\.")

    def test_a_secure_string_arrives(self):
        with connect() as wsman, pool(wsman) as opened:
            opened.exchange_keys()
            credential = PSCredential(username="AZS\\share", password="geheim-ß-\U0001d11e")
            shell, _ = run(opened, "Close-PrivilegedEndpoint", TranscriptsPathDestination="\\\\fileserver\\share", Credential=credential)
            self.assertEqual(shell.state, PSInvocationState.COMPLETED)

    def test_two_clients_at_once_see_the_same_state(self):
        with connect(0) as first, connect(1) as second, pool(first) as one, pool(second) as two:
            self.assertEqual(run(one, "Get-RemoteSupportAccess")[1], [])
            self.assertEqual(run(two, "Get-RemoteSupportAccess")[1], [])


class Consent(unittest.TestCase):
    def tearDown(self):
        close_door()

    def test_yes_grants_on_every_endpoint_and_a_revoke_closes(self):
        interface, shell, output = enable(0)
        caption, message, choices, default = interface.asked[0]
        self.assertIn("Microsoft Support Engineer", caption)
        self.assertEqual(message, "\r\nProceed with enabling remote support?")
        self.assertEqual(default, 0)
        for endpoint in range(3):
            states = [str(grant["State"]) for grant in access(endpoint)]
            self.assertEqual(states, ["Active"])
        close_door()
        self.assertEqual(access(), [])
        self.assertGreater(len(access(IncludeExpired=True)), 0)

    def test_no_grants_nothing_and_says_nothing(self):
        interface, shell, output = enable(1)
        self.assertEqual(len(interface.asked), 1)
        self.assertEqual(output, [])
        self.assertEqual(access(), [])

    def test_a_stop_before_the_answer_grants_nothing(self):
        interface = Answering(0)
        with connect() as wsman, pool(wsman, host_with(interface)) as opened:
            shell = PowerShell(opened)
            shell.add_cmdlet("Enable-RemoteSupport").add_parameter("AccessLevel", "Diagnostics")
            shell.begin_invoke()
            shell.stop()
            self.assertEqual(shell.state, PSInvocationState.STOPPED)
        self.assertEqual(access(), [])


class History(unittest.TestCase):
    def test_sessions_of_three_months_have_transcripts_in_the_documented_form(self):
        with connect() as wsman, pool(wsman) as opened:
            since = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=88)
            sessions = [properties(value) for value in run(opened, "Get-RemoteSupportSessionHistory", FromDate=since.isoformat())[1]]
            self.assertGreater(len(sessions), 10)
            wanted = str(sessions[0]["SessionId"])
            detail = properties(run(opened, "Get-RemoteSupportSessionHistory", SessionId=wanted, IncludeSessionTranscript=True)[1][0])
        text = detail["SessionTranscriptContent"]
        self.assertRegex(text, r"^\*{22}\r?\nWindows PowerShell transcript start")
        self.assertIn("CommandInvocation(", text)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
