import { errorRecord } from "../../protocol/psrp/errorRecord.ts";
import type { ErrorRecord } from "../../protocol/psrp/errorRecord.ts";

/** The polite refusal of a host call, in the form PowerShell's own hosts give it. */
export function notOffered(): ErrorRecord {
  return errorRecord({
    message: "The console does not offer this.",
    errorId: "NotImplemented",
    category: 11,
    exceptionType: "System.NotImplementedException",
  });
}
