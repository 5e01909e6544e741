"""Runs every scenario; one JSON line each, with why it failed or null. With --list it only names them."""

import importlib
import json
import sys
import unittest
import warnings

from .sentences import MODULES, sentence, sentences


class Telling(unittest.TestResult):
    def tell(self, test, failure):
        group, _, name = test.id().rpartition(".")
        print(json.dumps({"sentence": sentence(group, name), "failure": failure}), flush=True)

    def addSuccess(self, test):
        self.tell(test, None)

    def addError(self, test, err):
        self.tell(test, self._exc_info_to_string(err, test))

    def addFailure(self, test, err):
        self.tell(test, self._exc_info_to_string(err, test))


if "--list" in sys.argv:
    print("\n".join(sentences()))
    sys.exit(0)
warnings.simplefilter("ignore")
loader = unittest.defaultTestLoader
modules = (importlib.import_module(f".{name}", __package__) for name in MODULES)
unittest.TestSuite(map(loader.loadTestsFromModule, modules)).run(Telling())
sys.exit(0)
