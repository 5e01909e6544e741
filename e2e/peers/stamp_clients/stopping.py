import threading
import time
import unittest

from pypsrp.complex_objects import PSInvocationState

from .clients import SLOW, command, connect, pool, run, signal

TERMINATE = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/signal/Terminate"


class Stopping(unittest.TestCase):
    """A revoke that hangs, and a second connection beside the Receive that waits for it."""

    def end_from_outside(self, code):
        with connect(stamp=SLOW) as wsman, connect(stamp=SLOW) as side, pool(wsman) as opened:
            shell = command(opened, "Disable-RemoteSupport")
            sent = []

            def stop():
                time.sleep(0.5)
                sent.append(time.monotonic())
                signal(side, opened, shell, *code)

            stopper = threading.Thread(target=stop)
            stopper.start()
            try:
                shell.invoke()
            finally:
                ended = time.monotonic()
                stopper.join()
                self.assertLess(ended - sent[0], 2)
            self.assertEqual(run(opened, "Get-RemoteSupportAccess")[0].state, PSInvocationState.COMPLETED)
            return shell

    def test_a_command_whose_output_waits_is_stopped_from_a_second_connection_and_the_next_one_runs(self):
        shell = self.end_from_outside(())
        self.assertEqual(shell.state, PSInvocationState.STOPPED)
        self.assertEqual([error.fq_error for error in shell.streams.error], ["PipelineStopped"])

    def test_any_other_code_closes_the_command_and_ends_the_receive_that_waits(self):
        with self.assertRaises(Exception) as caught:
            self.end_from_outside((TERMINATE,))
        self.assertIn(getattr(caught.exception, "code", None), (995, 2150858843))
