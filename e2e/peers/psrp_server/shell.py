"""One WSMan shell: a psrpcore pool, and for each source the fragments that wait for a Receive."""

import threading

import psrpcore
import psrpcore.types as ps

from .names import ABORTED, DISCONNECTED, GONE, TIMED_OUT, say
from .pipeline import Pipeline
from .pool import Pool

#: Payload that goes into one answer: base64 makes 4/3 of it, below 512000 with the envelope.
MOST_IN_ONE_ANSWER = 10
END = (ps.PSInvocationState.Completed, ps.PSInvocationState.Failed, ps.PSInvocationState.Stopped)
HEADER = 21
#: The type of a PIPELINE_STATE, as it stands in a message.
STATE_MESSAGE = b"\x06\x10\x04\x00"


def single_fragments(data):
    """psrpcore puts as many fragments into a payload as fit; Windows sends each in a Stream of its own."""
    while data:
        size = HEADER + int.from_bytes(data[17:21], "big")
        yield data[:size]
        data = data[size:]


class Shell:
    def __init__(self, endpoint, orders, creation):
        self.endpoint = endpoint
        self.orders = orders
        self.changed = threading.Condition()
        self.pool = Pool(orders)
        self.connected = True
        self.departures = 0
        self.turns = {}
        self.pipelines = {}
        self.out = {}
        self.ended = set()
        with self.changed:
            self.feed(creation)

    def feed(self, data):
        self.pool.receive_data(psrpcore.PSRPPayload(data, psrpcore.StreamType.default, None))
        while (event := self.pool.next_event()) is not None:
            self.on_event(event)
            self.collect()

    def on_event(self, event):
        if isinstance(event, psrpcore.CreatePipelineEvent):
            pipeline = Pipeline(self, self.pool.pipeline_table[event.pipeline_id])
            self.pipelines[event.pipeline_id] = pipeline
            pipeline.start()
        elif isinstance(event, psrpcore.PipelineHostResponseEvent):
            pipeline = self.pipelines.get(event.pipeline_id)
            if pipeline is not None and pipeline.waiting is not None:
                pipeline.answered(event)
        elif isinstance(event, psrpcore.GetAvailableRunspacesEvent):
            self.pool.runspace_availability_response(event.ci, 1)

    def collect(self):
        small = self.orders.next("smallFragments")
        while (payload := self.pool.data_to_send(32768 if small is None else small["bytes"])) is not None:
            for fragment in single_fragments(payload.data):
                if STATE_MESSAGE not in fragment[HEADER : HEADER + 8] or self.orders.next("noState") is None:
                    self.out.setdefault(payload.pipeline_id, []).append(fragment)
        self.ended |= {key for key, value in self.pipelines.items() if value.pipeline.state in END}
        self.changed.notify_all()

    def name_of(self, command_id):
        pipeline = self.pipelines.get(command_id)
        return None if pipeline is None else pipeline.name

    def command(self, command_id, data):
        with self.changed:
            psrpcore.ServerPipeline(self.pool, command_id)
            self.feed(data)

    def send(self, data):
        with self.changed:
            self.feed(data)

    def stop(self, command_id):
        with self.changed:
            pipeline = self.pipelines.get(command_id)
            if pipeline is None:
                return
            say(event="stop", waiting=pipeline.waiting is not None)
            pipeline.waiting = None
            if command_id not in self.ended and self.orders.next("stop") is None:
                pipeline.pipeline.stop()
                self.collect()

    def terminate(self, command_id):
        """Any other code closes the command: what waits for it is broken off."""
        with self.changed:
            say(event="terminate")
            self.pipelines.pop(command_id, None)
            self.out.pop(command_id, None)
            self.changed.notify_all()

    def disconnect(self):
        with self.changed:
            self.connected = False
            self.departures += 1
            self.changed.notify_all()

    def reconnect(self):
        with self.changed:
            self.connected = True

    def receive(self, command_id, seconds):
        """Payloads and whether the command is over; or a fault code."""
        with self.changed:
            if command_id is not None and command_id not in self.pipelines:
                return GONE
            # A newer Receive on the same source takes what comes; this one may have lost its client.
            turn = self.turns[command_id] = self.turns.get(command_id, 0) + 1
            departures = self.departures
            self.changed.notify_all()
            self.changed.wait_for(lambda: self.is_news(command_id, turn, departures), timeout=seconds)
            if departures != self.departures or not self.connected:
                return DISCONNECTED
            if self.turns[command_id] != turn:
                return TIMED_OUT
            if command_id is not None and command_id not in self.pipelines:
                return ABORTED
            return self.taken(command_id)

    def is_news(self, command_id, turn, departures):
        over = command_id in self.ended or (command_id is not None and command_id not in self.pipelines)
        left = departures != self.departures or not self.connected
        return self.out.get(command_id) or over or left or self.turns[command_id] != turn

    def taken(self, command_id):
        waiting = self.out.get(command_id, [])
        pieces, self.out[command_id] = waiting[:MOST_IN_ONE_ANSWER], waiting[MOST_IN_ONE_ANSWER:]
        done = command_id in self.ended and not self.out[command_id]
        if not pieces and not done:
            return TIMED_OUT
        if done and self.orders.next("noDone") is not None:
            done = False
        # What was read to its end is forgotten: a further Receive finds nothing.
        if done or (command_id in self.ended and not self.out[command_id]):
            self.pipelines.pop(command_id, None)
        return pieces, done
