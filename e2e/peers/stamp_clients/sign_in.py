import unittest

import winrm
from pypsrp.exceptions import AuthenticationError, WSManFaultError
from winrm.exceptions import InvalidCredentialsError
from winrm.exceptions import WSManFaultError as TextShellFault

from .clients import CONFIGURATION, PASSWORD, READY, connect, pool, properties, run

DEFAULTS = {"Clear-Host", "Exit-PSSession", "Get-Command", "Get-FormatData", "Get-Help", "Measure-Object", "Out-Default", "Select-Object"}
OURS = {"Enable-RemoteSupport", "Disable-RemoteSupport", "Get-RemoteSupportAccess", "Get-RemoteSupportSessionHistory"}
NO_CONFIGURATION = 2150858811


class SignIn(unittest.TestCase):
    def test_every_endpoint_takes_the_sign_in_and_offers_the_default_commands_and_the_four_cmdlets(self):
        for endpoint in range(3):
            with connect(endpoint) as wsman, pool(wsman) as opened:
                names = {str(properties(value).get("Name")) for value in run(opened, "Get-Command")[1]}
                self.assertLessEqual(DEFAULTS | OURS, names)

    def test_a_wrong_password_is_refused(self):
        with self.assertRaises(AuthenticationError):
            with connect(password="wrong") as wsman, pool(wsman):
                pass

    def test_a_configuration_that_does_not_exist_has_its_own_fault(self):
        with self.assertRaises(WSManFaultError) as caught:
            with connect() as wsman, pool(wsman, configuration="NoSuchConfiguration"):
                pass
        self.assertEqual(caught.exception.code, NO_CONFIGURATION)

    def test_the_name_of_the_configuration_has_no_case(self):
        with connect() as wsman, pool(wsman, configuration=CONFIGURATION.upper()) as opened:
            self.assertEqual(run(opened, "Get-RemoteSupportAccess")[0].had_errors, False)


def text_shell(password=PASSWORD):
    place = READY["endpoints"][0]
    return winrm.Protocol(
        f"http://{place['host']}:{place['port']}/wsman",
        transport="ntlm", username=READY["account"], password=password, message_encryption="always", read_timeout_sec=15, operation_timeout_sec=10,
        server_cert_validation="ignore",
    )


class TextShells(unittest.TestCase):
    """pywinrm knows text shells only."""

    def test_pywinrm_signs_in_and_its_cmd_shell_is_refused_by_the_right_fault(self):
        with self.assertRaises(TextShellFault) as caught:
            text_shell().open_shell()
        self.assertEqual(caught.exception.wsman_fault_code, NO_CONFIGURATION)
        self.assertEqual(caught.exception.code, 500)

    def test_pywinrm_with_a_wrong_password_does_not_come_so_far(self):
        with self.assertRaises(InvalidCredentialsError):
            text_shell("wrong").open_shell()
