import datetime
import hashlib
import os
import unittest

from .clients import READY, SLOW, connect, pool, properties, run

TWO_MEGABYTES = 2_000_000


def read(stamp, endpoint, session_id):
    with connect(endpoint, stamp=stamp) as wsman, pool(wsman) as opened:
        output = run(opened, "Get-RemoteSupportSessionHistory", SessionId=session_id, IncludeSessionTranscript=True)[1]
    return properties(output[0])["SessionTranscriptContent"]


def sessions(stamp):
    since = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=88)
    with connect(stamp=stamp) as wsman, pool(wsman) as opened:
        return [properties(value) for value in run(opened, "Get-RemoteSupportSessionHistory", FromDate=since.isoformat())[1]]


class Transcripts(unittest.TestCase):
    def test_sessions_of_three_months_have_transcripts_in_the_documented_form(self):
        known = sessions(READY)
        self.assertGreater(len(known), 10)
        text = read(READY, 0, str(known[0]["SessionId"]))
        self.assertRegex(text, r"^\*{22}\r?\nWindows PowerShell transcript start")
        self.assertIn("CommandInvocation(", text)

    def test_a_transcript_of_two_megabytes_arrives_whole_and_is_the_same_wherever_it_is_read(self):
        wanted = str(sessions(SLOW)[0]["SessionId"])
        text = read(SLOW, 0, wanted)
        self.assertGreater(len(text.encode()), TWO_MEGABYTES)
        self.assertRegex(text, r"\*{22}\r?\nWindows PowerShell transcript end\r?\n")
        self.assertEqual(hashlib.sha256(text.encode()).digest(), hashlib.sha256(read(SLOW, 1, wanted).encode()).digest())
        # Our own client reads it afterwards, and what it reads is compared with this (stampAgainstPeer.ts).
        with open(os.environ["STAMP_TRANSCRIPT"], "w", encoding="utf-8", newline="") as file:
            file.write(f"{wanted}\n{text}")
