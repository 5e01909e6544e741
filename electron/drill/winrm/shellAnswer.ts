import { faultOf, providerFaultOf } from "../../protocol/wsman/faultTable.ts";
import type { AnswerBody } from "../../protocol/wsman/writeAnswer.ts";
import { faultCodes } from "../../protocol/wsman/wsmanFault.ts";
import type { WsmanFault } from "../../protocol/wsman/wsmanFault.ts";

/** What a shell says to one request. */
export type ShellAnswer =
  | { readonly kind: "body"; readonly body: AnswerBody }
  | { readonly kind: "fault"; readonly fault: WsmanFault };

export function answer(body: AnswerBody): ShellAnswer {
  return { kind: "body", body };
}

export function refuse(code: number, change: Partial<WsmanFault> = {}): ShellAnswer {
  return { kind: "fault", fault: faultOf(code, change) };
}

/** A shell or command that is not there, or belongs to somebody else: both look the same. */
export function gone(): ShellAnswer {
  const path = "%systemroot%\\system32\\WsmSvc.dll";
  return { kind: "fault", fault: providerFaultOf(faultCodes.gone, { name: "Shell provider", path }) };
}

const otherSizes: Partial<WsmanFault> = {
  text: "The server cannot process the connect operation because its MinRunspaces and MaxRunspaces differ from those of the RunspacePool.",
};

/** PowerShell's own plug-in says no to a connect, with one text for all causes but other sizes (protocol 5.10). */
export function cannotConnect(because: "unreadable" | "otherSizes" = "unreadable"): ShellAnswer {
  const path = "%systemroot%\\system32\\pwrshplugin.dll";
  const change = because === "otherSizes" ? otherSizes : {};
  const fault = providerFaultOf(faultCodes.connectFailed, { name: "microsoft.powershell", path }, change);
  return { kind: "fault", fault };
}
