"""Runs every scenario; one JSON line each, with why it failed or null."""

import json
import sys
import unittest
import warnings

from . import commands, consent, leaving, over_https, sign_in, stopping, transcripts

MODULES = (sign_in, commands, consent, leaving, stopping, transcripts, over_https)


class Telling(unittest.TestResult):
    def tell(self, test, failure):
        group, _, name = test.id().rpartition(".")
        # The sentence of a scenario is its name.
        sentence = name.removeprefix("test_").replace("_", " ")
        where = " over HTTPS" if group.endswith("OverHttps") else ""
        print(json.dumps({"sentence": f"stamp{where}: {sentence}", "failure": failure}), flush=True)

    def addSuccess(self, test):
        self.tell(test, None)

    def addError(self, test, err):
        self.tell(test, self._exc_info_to_string(err, test))

    def addFailure(self, test, err):
        self.tell(test, self._exc_info_to_string(err, test))


warnings.simplefilter("ignore")
loader = unittest.defaultTestLoader
unittest.TestSuite(map(loader.loadTestsFromModule, MODULES)).run(Telling())
sys.exit(0)
