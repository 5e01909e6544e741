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

/** PowerShell's own plug-in says no to a connect, with one text for all causes. */
export function cannotConnect(): ShellAnswer {
  const path = "%systemroot%\\system32\\pwrshplugin.dll";
  const fault = providerFaultOf(faultCodes.connectFailed, { name: "microsoft.powershell", path });
  return { kind: "fault", fault };
}
