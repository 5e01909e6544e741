import unittest

from pypsrp.complex_objects import PSInvocationState
from pypsrp.exceptions import WSManFaultError
from pypsrp.powershell import RunspacePool

from .clients import CONFIGURATION, Answering, access, close_door, command, connect, host_with, pool, properties, run


def found_again(wsman, shell_id):
    pools = {found.id.upper(): found for found in RunspacePool.get_runspace_pools(wsman)}
    found = pools[shell_id.upper()]
    # pypsrp takes every runspace for one of the default configuration.
    found.shell.resource_uri = f"http://schemas.microsoft.com/powershell/{CONFIGURATION}"
    return found


class Leaving(unittest.TestCase):
    def tearDown(self):
        close_door()

    def test_a_client_disconnects_reconnects_and_goes_on(self):
        with connect() as wsman, pool(wsman) as opened:
            before = [properties(value) for value in run(opened, "Get-Command")[1]]
            opened.disconnect()
            opened.connect()
            after = [properties(value) for value in run(opened, "Get-Command")[1]]
            self.assertEqual(len(after), len(before))

    def test_a_runspace_that_was_left_takes_no_command_until_it_is_joined(self):
        with connect() as wsman, pool(wsman) as opened:
            opened.disconnect()
            shell = command(opened, "Get-Command")
            opened.state = 2
            with self.assertRaises(WSManFaultError):
                shell.invoke()
            opened.state = 9
            opened.connect()

    def test_another_client_finds_the_runspace_joins_it_and_runs_commands(self):
        with connect() as first, connect() as second:
            left = pool(first)
            left.open()
            left.disconnect()
            joined = found_again(second, left.shell.id)
            joined.connect()
            self.assertEqual(run(joined, "Get-RemoteSupportAccess")[0].state, PSInvocationState.COMPLETED)
            joined.close()
            with self.assertRaises(Exception):
                left.connect()
                run(left, "Get-RemoteSupportAccess")

    def test_a_question_that_was_left_open_is_put_to_the_client_that_joins_and_answered_by_it(self):
        with connect() as first, connect() as second:
            left = pool(first, host_with(Answering(1)))
            left.open()
            shell = command(left, "Enable-RemoteSupport", AccessLevel="Diagnostics", ExpireInMinutes=60)
            shell.begin_invoke()
            left.disconnect()
            self.assertEqual(access(), [])
            joined = found_again(second, left.shell.id)
            joined.host = host_with(Answering(0))
            joined.connect()
            running = joined.create_disconnected_power_shells()
            self.assertEqual(len(running), 1)
            running[0].connect()
            self.assertEqual(running[0].state, PSInvocationState.COMPLETED)
            self.assertEqual(len(joined.host.ui.asked), 1)
            joined.close()
        self.assertEqual([str(grant["State"]) for grant in access()], ["Active"])
