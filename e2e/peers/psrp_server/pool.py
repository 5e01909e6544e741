"""psrpcore's server pool with the habits that other servers have: a BOM, a gap in the ids, messages of raw text."""

import struct

import psrpcore
from psrpcore.types import PSRPMessageType

BOM = b"\xef\xbb\xbf"
HEADER = 40
#: A message type of a known range that nobody has defined.
UNKNOWN_TYPE = struct.pack("<I", 0x00041FFF)


class Pool(psrpcore.ServerRunspacePool):
    def __init__(self, orders):
        super().__init__()
        self.orders = orders

    def prepare_message(self, message, message_type=None, pipeline_id=None, stream_type=psrpcore.StreamType.default):
        super().prepare_message(message, message_type, pipeline_id, stream_type)
        if self.orders.next("bom") is not None:
            queued = self._send_buffer[-1]._data
            if len(queued) > HEADER:
                queued[HEADER:HEADER] = BOM

    def skip_object(self):
        """What the client sees when an answer with whole objects in it was lost."""
        self._fragment_count += 1

    def write_raw(self, pipeline_id, text):
        """An output whose CLIXML is this very text."""
        super().prepare_message("", PSRPMessageType.PipelineOutput, pipeline_id)
        self._send_buffer[-1]._data[HEADER:] = text.encode()

    def write_unknown(self, pipeline_id):
        super().prepare_message("nobody reads this", PSRPMessageType.PipelineOutput, pipeline_id)
        self._send_buffer[-1]._data[4:8] = UNKNOWN_TYPE
