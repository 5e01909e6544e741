"""One command on its way: run at once, or waiting for the answer to its question."""

import psrpcore.types as ps

from .endpoint import SESSION_ID, custom
from .names import say
from .questions import CALLS, QUESTIONS

PARAMETERS = {
    "Enable-RemoteSupport": ["AccessLevel", "ExpireInMinutes"],
    "Disable-RemoteSupport": [],
    "Get-RemoteSupportAccess": ["IncludeExpired"],
    "Get-RemoteSupportSessionHistory": ["FromDate", "SessionId", "IncludeSessionTranscript"],
    "Get-AzureStackStampInformation": [],
    "Close-PrivilegedEndpoint": ["TranscriptsPathDestination", "Credential"],
    "Get-Command": ["Name"],
}


def error_record(error_id, category, message):
    return ps.ErrorRecord(
        Exception=ps.NETException(Message=message), CategoryInfo=ps.ErrorCategoryInfo(Category=category), FullyQualifiedErrorId=error_id
    )


class Pipeline:
    def __init__(self, shell, pipeline):
        self.shell = shell
        self.orders = shell.orders
        self.pipeline = pipeline
        self.name = None
        self.waiting = None
        self.yes = 0

    def start(self):
        pipe = self.pipeline
        # A real server sends no state before the last one; psrpcore sends Running first.
        quiet = self.orders.next("quiet") is not None
        pipe._change_state(ps.PSInvocationState.Running, emit=not quiet)
        for command in pipe.metadata.commands:
            if command.is_script:
                return self.fail("ScriptsNotAllowed", ps.ErrorCategory.ParserError, "The syntax is not supported by this runspace.")
        self.name = pipe.metadata.commands[0].command_text
        arguments = {str(key).lower(): value for key, value in pipe.metadata.commands[0].parameters}
        say(event="command", name=self.name, parameters=sorted(arguments), redirect=bool(pipe.metadata.redirect_shell_error_to_out))
        run = getattr(self, "run_" + self.name.replace("-", "_").lower(), None)
        if run is None:
            return self.fail("CommandNotFoundException", ps.ErrorCategory.ObjectNotFound, f"The term '{self.name}' is not recognized.")
        if not self.shown_instead():
            run(arguments)

    def shown_instead(self):
        """What was ordered in front of this command's own output; true when nothing of its own is to follow."""
        order = self.orders.next("output", self.name)
        if order is None:
            return False
        return getattr(self, "show_" + order["fault"])(order) is not False

    def show_chatter(self, _order):
        """Every stream, and the same lines by host call, as a host of the client's gets them."""
        pipe = self.pipeline
        pipe.write_verbose("peer verbose")
        pipe.write_debug("peer debug")
        pipe.write_warning("peer warning")
        pipe.host_call(CALLS.WriteWarningLine, ["peer warning"])
        pipe.write_progress("peer progress", 1, "half", percent_complete=50)
        pipe.write_information("peer information", "peer")
        pipe.host_call(CALLS.WriteLine2, ["peer line"])
        return False

    def show_null(self, _order):
        """A null of PowerShell 7.6: a payload without a byte."""
        self.pipeline.write_output(None)
        return False

    def show_nothing(self, _order):
        self.pipeline.complete()

    def show_silence(self, _order):
        """Nothing at all, until the command is stopped."""

    def show_unknownMessage(self, _order):
        self.shell.pool.write_unknown(self.pipeline.pipeline_id)
        return False

    def show_gap(self, _order):
        self.shell.pool.skip_object()
        return False

    def show_raw(self, order):
        self.shell.pool.write_raw(self.pipeline.pipeline_id, order["text"])
        self.pipeline.complete()

    def show_error(self, order):
        """An error that does not end the command."""
        record = error_record(order["id"], ps.ErrorCategory(order["category"]), order["message"])
        self.pipeline.write_error(record.Exception, record.CategoryInfo, fully_qualified_error_id=record.FullyQualifiedErrorId)
        return False

    def show_failure(self, order):
        self.fail(order["id"], ps.ErrorCategory(order["category"]), order["message"])

    def show_statesAfterTheEnd(self, _order):
        """A second, worse end after the first: it no longer counts."""
        self.write(*self.shell.endpoint.access(False))
        self.pipeline.complete()
        self.fail("Late", ps.ErrorCategory.NotSpecified, "a late failure")

    def show_question(self, order):
        """A question where none is expected; one that does not wait comes with the end of the command."""
        method, parameters = QUESTIONS[order["question"]]()
        self.pipeline.host_call(method, parameters)
        if not order.get("waits", True):
            return False
        self.waiting = {}

    def write(self, *values):
        for value in values:
            self.pipeline.write_output(value)

    def fail(self, error_id, category, message):
        self.pipeline._change_state(ps.PSInvocationState.Failed, error=error_record(error_id, category, message))

    def run_get_command(self, arguments):
        wanted = arguments.get("name")
        wanted = [wanted] if isinstance(wanted, str) else list(wanted or PARAMETERS)
        missing = self.orders.next("missingCommand")
        for name in map(str, wanted):
            if name in PARAMETERS and (missing is None or missing["name"] != name):
                parameters = ps.PSDict({parameter: custom(Name=parameter) for parameter in PARAMETERS[name]})
                self.write(custom(Name=name, CommandType="Function", Parameters=parameters))
        self.pipeline.complete()

    def run_get_azurestackstampinformation(self, _arguments):
        self.write(custom(StampVersion="1.2206.2.52", Timezone="UTC", EmergencyConsoleIPAddresses=["127.0.0.1"]))
        self.pipeline.complete()

    def run_get_remotesupportaccess(self, arguments):
        self.write(*self.shell.endpoint.access("includeexpired" in arguments))
        self.pipeline.complete()

    def run_disable_remotesupport(self, _arguments):
        self.shell.endpoint.disable()
        self.write("Disabling Remote Support.", "Remote Support successfully Disabled.")
        self.pipeline.complete()

    def run_close_privilegedendpoint(self, arguments):
        """Tells the password that arrived: the test made it up."""
        credential = arguments["credential"]
        say(event="secret", account=str(credential.UserName), text=str(credential.Password.decrypt()))
        self.pipeline.complete()

    def run_get_remotesupportsessionhistory(self, arguments):
        wanted = arguments.get("sessionid")
        if wanted is None or str(wanted) == SESSION_ID:
            self.write(self.shell.endpoint.session("includesessiontranscript" in arguments))
        self.pipeline.complete()

    def run_enable_remotesupport(self, arguments):
        order = self.orders.next("question")
        order = order or {"question": "usual"}
        method, parameters = QUESTIONS[order["question"]]()
        self.yes = order.get("yes", 0)
        self.waiting = arguments
        self.pipeline.host_call(method, parameters)

    def answered(self, event):
        arguments, self.waiting = self.waiting, None
        say(event="answer", result=plain(event.result), error=event.error is not None)
        if self.name != "Enable-RemoteSupport":
            return self.pipeline.complete()
        # Whatever is not a No goes on, as the function of a real endpoint was seen to do: an error grants.
        if event.error is not None or event.result != 1 - self.yes:
            self.shell.endpoint.enable(str(arguments["accesslevel"]), int(arguments.get("expireinminutes", 480)))
            self.write("Remote Support successfully Enabled.", *self.shell.endpoint.access(False))
        self.pipeline.complete()


def plain(value):
    return value if value is None or isinstance(value, (int, float)) else str(value)
