import hashlib
import ssl
import unittest

from cryptography import x509
from pypsrp.exceptions import AuthenticationError
from pypsrp.wsman import WSMan

from .clients import PASSWORD, SECURE, Answering, connect_secure, host_with, pool, run


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
