import unittest

from pypsrp.complex_objects import PSInvocationState

from .clients import access, close_door, command, connect, enable, host_with, pool, run, signal, Answering


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

    def test_a_stop_before_the_question_is_seen_grants_nothing(self):
        with connect() as wsman, pool(wsman, host_with(Answering(0))) as opened:
            shell = command(opened, "Enable-RemoteSupport", AccessLevel="Diagnostics")
            shell.begin_invoke()
            shell.stop()
            self.assertEqual(shell.state, PSInvocationState.STOPPED)
        self.assertEqual(access(), [])

    def test_a_stop_at_the_question_from_a_second_connection_ends_it_and_a_late_yes_grants_nothing(self):
        running = []
        interface = Answering(0, before=lambda: signal(*running))
        with connect() as wsman, connect() as side, pool(wsman, host_with(interface)) as opened:
            shell = command(opened, "Enable-RemoteSupport", AccessLevel="Diagnostics")
            running.extend((side, opened, shell))
            shell.invoke()
            self.assertEqual(len(interface.asked), 1)
            self.assertEqual(shell.state, PSInvocationState.STOPPED)
            self.assertEqual([error.fq_error for error in shell.streams.error], ["PipelineStopped"])
            self.assertEqual(run(opened, "Get-RemoteSupportAccess")[1], [])
        self.assertEqual(access(), [])
