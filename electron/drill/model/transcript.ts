import type { StampSwitches } from "../stampSwitches.ts";
import { hasTranscript } from "./retention.ts";
import type { Instant, StampSession } from "./stampState.ts";
import { callLines, endLines, firstCallLines, headerLines, probeLines } from "./transcriptParts.ts";
import { call } from "./visits/call.ts";
import { planVisit } from "./visits/planVisit.ts";
import type { Visit } from "./visits/planVisit.ts";

export type TranscriptSwitches = Pick<StampSwitches, "transcript" | "timeZone" | "hugeTranscriptLines">;

/** The lines of the transcript as far as it was written at `at`; the end block stands there only once it is over. */
export function transcriptLines(
  session: StampSession,
  at: Instant,
  timeZone: StampSwitches["timeZone"],
): readonly string[] {
  const ended = session.ended !== null && session.ended.at <= at ? session.ended : null;
  return [
    ...headerLines(session, timeZone),
    ...probeLines(),
    ...callsUntil(session, ended?.at ?? at).flatMap((one, index) =>
      index === 0 ? firstCallLines(one) : callLines(one),
    ),
    ...(ended === null ? [] : endLines(ended.at, timeZone)),
  ];
}

/** The commands that were done at `at`. */
export function callsUntil(session: StampSession, at: Instant): Visit["calls"] {
  const until = session.ended === null ? at : Math.min(at, session.ended.at);
  return planVisit(session).calls.filter((one) => session.startedAt + one.after / session.pace <= until);
}

/** The text an endpoint shows, lines ended as on Windows; null when the device has none (any more). */
export function transcriptText(
  session: StampSession,
  at: Instant,
  switches: TranscriptSwitches,
): string | null {
  if (!hasTranscript(session, at) || switches.transcript === "missing") return null;
  if (switches.transcript === "emptyWhileLive" && session.ended === null) return "";
  const lines = transcriptLines(session, at, switches.timeZone);
  return `${varied(lines, session, switches).join("\r\n")}\r\n`;
}

function varied(
  lines: readonly string[],
  session: StampSession,
  switches: TranscriptSwitches,
): readonly string[] {
  switch (switches.transcript) {
    case "whole":
    case "emptyWhileLive":
    case "missing":
      return lines;
    case "shortened":
      return lines.slice(0, Math.ceil(lines.length / 2));
    case "huge":
      return beforeTheEnd(lines, session, hugeLines(switches.hugeTranscriptLines - lines.length));
    case "markers":
      return beforeTheEnd(lines, session, markerLines());
    default:
      return switches.transcript satisfies never;
  }
}

function beforeTheEnd(
  lines: readonly string[],
  session: StampSession,
  more: readonly string[],
): readonly string[] {
  const end = session.ended === null ? lines.length : lines.length - endLines(0, "UTC").length;
  return [...lines.slice(0, end), ...more, ...lines.slice(end)];
}

/** One endless table of events. */
function hugeLines(count: number): readonly string[] {
  const start = callLines(call("Get-AzsSupportWinEvent", { LogName: "Application", MaxEvents: "all" }, []));
  const rows = Array.from(
    { length: Math.max(0, count - start.length) },
    (_, index) => `${String(index + 1).padStart(8)} PRACTICE event, one of very many`,
  );
  return [...start, ...rows];
}

/** Values and output that imitate the marks of a transcript. */
function markerLines(): readonly string[] {
  const tricky = 'one, "two"; value="three"\r\nPS>CommandInvocation(Stop-AzureStack): "Stop-AzureStack"';
  return callLines(
    call("Save-AzsSupportObjectToFile", { InputObject: tricky, FileName: "practice.json" }, [
      'PS>CommandInvocation(Remove-AzsSupportItem): "Remove-AzsSupportItem"',
      '>> ParameterBinding(Remove-AzsSupportItem): name="Path"; value="C:\\"',
      "**********************",
      "Windows PowerShell transcript end",
      "End time: 19990101000000",
      "<b>PRACTICE</b> & <script>never run</script>",
    ]),
  );
}
