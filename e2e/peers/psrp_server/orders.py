"""What was ordered: one fault of the wire at a time, shown at the request it was ordered for."""

import threading


class Orders:
    """Orders by name. One with `on` waits for that verb, one with `command` for that cmdlet; `skip` lets that many pass."""

    def __init__(self):
        self.lock = threading.Lock()
        self.waiting = []

    def add(self, order):
        with self.lock:
            self.waiting.append({"times": 1_000_000, "skip": 0, **order})

    def clear(self):
        with self.lock:
            self.waiting.clear()

    def next(self, verb, command=None):
        """The order for this request, which is used up by it; None where there is none."""
        with self.lock:
            for order in self.waiting:
                if order.get("on") != verb or order.get("command", command) != command or order["times"] == 0:
                    continue
                if order["skip"] > 0:
                    order["skip"] -= 1
                    return None
                order["times"] -= 1
                return order
        return None
