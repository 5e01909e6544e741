"""A certificate of the server's own: EC and SHA-384, so that a binding has to choose its hash by it (RFC 5929 4.1)."""

import datetime
import hashlib
import ipaddress
import ssl
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from spnego.channel_bindings import GssChannelBindings

from .names import now


def speak_tls(server):
    """Makes the server speak TLS; gives the SHA-256 of its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = made(key)
    der = certificate.public_bytes(serialization.Encoding.DER)
    server.bindings = GssChannelBindings(application_data=b"tls-server-end-point:" + hashlib.sha384(der).digest())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile("wb", suffix=".pem") as file:
        file.write(certificate.public_bytes(serialization.Encoding.PEM))
        file.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        file.flush()
        context.load_cert_chain(file.name)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    return hashlib.sha256(der).hexdigest()


def made(key):
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "peer")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    return (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key(), serial_number=x509.random_serial_number())
        .not_valid_before(now() - datetime.timedelta(days=1))
        .not_valid_after(now() + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA384())
    )
