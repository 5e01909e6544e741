"""What the endpoint knows: one grant at a time, one session of yesterday, its transcript."""

import datetime
import threading

import psrpcore.types as ps

from .names import now

SESSION_ID = "5f3c6a1e-0000-4000-8000-00000000beef"


def custom(**properties):
    """A PSCustomObject with note properties."""
    return ps.PSCustomObject(**properties)


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Endpoint:
    def __init__(self):
        self.lock = threading.Lock()
        self.grants = []

    @property
    def is_open(self):
        return any(grant["open"] and grant["ExpiresAt"] > now() for grant in self.grants)

    def access(self, include_expired):
        for grant in self.grants:
            expires = grant["ExpiresAt"]
            state = "Active" if grant["open"] and expires > now() else "Expired"
            if state == "Active" or include_expired:
                yield custom(
                    State=state,
                    CreatedAt=stamp(grant["CreatedAt"]),
                    UpdatedAt=stamp(grant["CreatedAt"]),
                    ConnectionStatus="Connecting",
                    ConnectionErrorMessage=None,
                    TargetService="PowerShell",
                    AccessLevel=grant["AccessLevel"],
                    ExpiresAt=stamp(expires),
                    SasCredential="this must never be shown",
                )

    def enable(self, level, minutes):
        moment = now()
        self.grants.append(
            {"open": True, "CreatedAt": moment, "AccessLevel": level, "ExpiresAt": moment + datetime.timedelta(minutes=minutes)}
        )

    def disable(self):
        for grant in self.grants:
            grant["open"] = False

    def session(self, with_transcript):
        return custom(
            SessionId=SESSION_ID,
            RemoteApplication="Powershell",
            AccessLevel="Diagnostics",
            ControlSession=False,
            SessionStartTime="11/20/2026 10:15:01 AM +00:00",
            SessionEndTime="11/20/2026 11:15:00 AM +00:00",
            SessionTranscriptPath="C:\\Transcripts\\RemoteDiagnostics\\PowerShell_transcript.PEER.txt",
            SessionTranscriptContent=transcript() if with_transcript else None,
        )


def transcript():
    bar = "*" * 22
    lines = [bar, "Windows PowerShell transcript start", "Start time: 20261120101500", "Username: PEER\\peer$", bar]
    for index in range(2000):
        lines.append('PS>CommandInvocation(Get-AzsSupportDiskSpace): "Get-AzsSupportDiskSpace"')
        lines.append(f'>> ParameterBinding(Get-AzsSupportDiskSpace): name="ComputerName"; value="peer-{index:04}"')
    return "\r\n".join([*lines, bar, "Windows PowerShell transcript end", "End time: 20261120111500", bar])
