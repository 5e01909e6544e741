import threading
import unittest

from pypsrp.complex_objects import PSCredential, PSInvocationState
from pypsrp.powershell import PowerShell

from .clients import access, connect, enable, pool, properties, run


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
            self.assertEqual(shell.streams.error[0].fq_error.split(",")[0], "CommandNotFoundException")

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

    def test_two_clients_at_once_are_served_beside_each_other_and_see_the_same_state(self):
        seen, failures = [], []

        def work(endpoint):
            try:
                with connect(endpoint) as wsman, pool(wsman) as opened:
                    for _ in range(10):
                        seen.append(len(run(opened, "Get-RemoteSupportAccess", IncludeExpired=True)[1]))
            except Exception as problem:  # A thread keeps its failure to itself.
                failures.append(problem)

        both = [threading.Thread(target=work, args=(endpoint,)) for endpoint in (0, 0, 1)]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        self.assertEqual(failures, [])
        self.assertEqual((len(seen), len(set(seen))), (30, 1))
