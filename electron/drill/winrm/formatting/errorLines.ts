import { isObject, property, textOf } from "../../../protocol/clixml/look.ts";
import type { ClixmlObject, ClixmlValue } from "../../../protocol/clixml/value.ts";
import { categoryText, readErrorRecord } from "../../../protocol/psrp/errorRecord.ts";

/**
 * True for an error record in the pipe: one that a command merged into its output, or the one that a Windows client
 * sends back to have it drawn, marked with `writeErrorStream` ([R7], protocol 12).
 */
export function isErrorRecord(value: ClixmlValue): value is ClixmlObject {
  if (!isObject(value)) return false;
  return (
    property(value, "writeErrorStream") === true ||
    value.typeNames.some((name) => name.endsWith("System.Management.Automation.ErrorRecord"))
  );
}

/**
 * The lines of an error as the normal view of Windows PowerShell 5.1 prints them, where no script position is known.
 * `width` is that of the client's console; null where it did not say.
 */
export function errorLines(value: ClixmlValue, width: number | null): readonly string[] {
  const record = readErrorRecord(value);
  const named = nameIn(value);
  const lines = [
    ...`${named === "" ? "" : `${named} : `}${record.message}`.split(/\r?\n/),
    detail(`+ CategoryInfo          : ${categoryText(record)}`, width),
    detail(`+ FullyQualifiedErrorId : ${record.errorId}`, width),
    // The view ends with an empty line only behind the message of an exception.
    ...(textOf(property(value, "ErrorDetails_Message")) === null ? [" "] : []),
  ];
  return lines.flatMap((line) => brokenLine(line, width));
}

/**
 * The command before the message comes from the invocation, which a record does not keep on its way to the client and
 * back: such an error stands without it, as a session over remoting shows it.
 */
const nameIn = (value: ClixmlValue): string =>
  textOf(property(property(value, "InvocationInfo") ?? null, "InvocationName")) ?? "";

const indent = "    ";

/** The view cuts its details to the width and indents each piece, but leaves the pieces in one line. */
function detail(text: string, width: number | null): string {
  if (width === null || width < 20) return `${indent}${text}`;
  const pieces = text.match(new RegExp(`.{1,${width - indent.length - 2}}`, "gsu")) ?? [text];
  return pieces.map((piece) => `${indent}${piece}`).join("");
}

/** Lines break behind a blank, one character before the edge, so that the console itself never breaks them. */
function brokenLine(line: string, width: number | null): readonly string[] {
  const room = width === null ? 0 : width - 1;
  const pieces: string[] = [];
  let rest = line;
  while (room > 0 && rest.length > room) {
    const at = rest.lastIndexOf(" ", room - 1) + 1 || room;
    pieces.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...pieces, rest];
}
