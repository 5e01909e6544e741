import { arrayList, enumValue } from "../clixml/build.ts";
import { bigIntegerOf, integerOf, itemsOf, property } from "../clixml/look.ts";
import type { ClixmlValue } from "../clixml/value.ts";
import { readErrorRecord, writeErrorRecord } from "./errorRecord.ts";
import type { ErrorRecord } from "./errorRecord.ts";
import { hostMethodNames } from "./hostMethods.ts";
import { members } from "./objects.ts";
import { PsrpError } from "./psrpError.ts";

/** The call id of methods without a result: nothing is ever answered to it ([MS-PSRP] 2.2.2.27). */
export const noAnswerWanted = -100n;

/** A method call on the client's host ([MS-PSRP] 2.2.2.27). `wantsAnswer` is false for ci -100. */
export type HostCall = {
  readonly callId: bigint;
  readonly method: number;
  readonly parameters: readonly ClixmlValue[];
  readonly wantsAnswer: boolean;
};

/** What the client's host said to a call ([MS-PSRP] 2.2.2.28). `result` is null where there is none. */
export type HostResponse = {
  readonly callId: bigint;
  readonly method: number;
  readonly result: ClixmlValue;
  readonly error: ErrorRecord | null;
};

const methodValue = (method: number): ClixmlValue =>
  enumValue(
    "System.Management.Automation.Remoting.RemoteHostMethodId",
    hostMethodNames[method] ?? String(method),
    method,
  );

export function writeHostCall(call: Omit<HostCall, "wantsAnswer">): ClixmlValue {
  return members({
    ci: call.callId,
    mi: methodValue(call.method),
    mp: arrayList(call.parameters),
  });
}

/** Reads by name; methods are told by number. Throws PsrpError `badMessage` without id or method. */
export function readHostCall(value: ClixmlValue): HostCall {
  const callId = bigIntegerOf(property(value, "ci"));
  const method = integerOf(property(value, "mi"));
  if (callId === null || method === null)
    throw new PsrpError("badMessage", "a host call without id or method");
  return {
    callId,
    method,
    parameters: itemsOf(property(value, "mp")),
    wantsAnswer: callId !== noAnswerWanted,
  };
}

/** A null result without an error is written without `mr`, as the specification's clients do. */
export function writeHostResponse(response: HostResponse): ClixmlValue {
  const head = { ci: response.callId, mi: methodValue(response.method) };
  if (response.error !== null) return members({ ...head, me: writeErrorRecord(response.error, false) });
  return members(response.result === null ? head : { ...head, mr: response.result });
}

export function readHostResponse(value: ClixmlValue): HostResponse {
  const callId = bigIntegerOf(property(value, "ci"));
  const method = integerOf(property(value, "mi"));
  if (callId === null || method === null)
    throw new PsrpError("badMessage", "a host response without id or method");
  const error = property(value, "me") ?? null;
  return {
    callId,
    method,
    result: property(value, "mr") ?? null,
    error: error === null ? null : readErrorRecord(error),
  };
}
