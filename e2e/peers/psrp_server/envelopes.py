"""SOAP envelopes, as they should be; faults.py spoils them where that was ordered."""

import uuid

from .names import IDENTITY, NS

FAULT_ACTION = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault"


def envelope(status, action, message_id, body):
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NS.items())
    return status, (
        f'<s:Envelope xml:lang="en-US" {spaces}><s:Header><a:Action>{action}</a:Action>'
        f"<a:MessageID>uuid:{str(uuid.uuid4()).upper()}</a:MessageID><a:RelatesTo>{message_id}</a:RelatesTo>"
        f"</s:Header><s:Body>{body}</s:Body></s:Envelope>"
    )


def fault(message_id, code, subcode, text, message=None):
    """`message` is what stands in the WSManFault where that is more than the text; without a code there is none."""
    own = (
        f'<f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="{code}" Machine="peer">'
        f"<f:Message>{message or text}</f:Message></f:WSManFault>"
    )
    detail = (
        f"<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>{subcode}</s:Value></s:Subcode></s:Code>"
        f'<s:Reason><s:Text xml:lang="en-US">{text}</s:Text></s:Reason><s:Detail>{own if code is not None else ""}</s:Detail></s:Fault>'
    )
    return envelope(500, FAULT_ACTION, message_id, detail)


def identify():
    """Identify carries no addressing (DSP0226 11)."""
    facts = f"<i:IdentifyResponse><i:ProtocolVersion>{NS['w']}</i:ProtocolVersion><i:ProductVendor>peer</i:ProductVendor></i:IdentifyResponse>"
    return 200, f'<s:Envelope xmlns:s="{NS["s"]}" xmlns:i="{IDENTITY}"><s:Header/><s:Body>{facts}</s:Body></s:Envelope>'
