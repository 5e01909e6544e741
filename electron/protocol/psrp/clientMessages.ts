import { bigIntegerOf, integerOf, property, textOf } from "../clixml/look.ts";
import type { ClixmlValue } from "../clixml/value.ts";
import { demandSupported, readCapability } from "./capability.ts";
import type { ClientEvent } from "./clientEvents.ts";
import type { ClientSide } from "./clientPipeline.ts";
import { readErrorRecord } from "./errorRecord.ts";
import type { ErrorRecord } from "./errorRecord.ts";
import { readHostCall } from "./hostCalls.ts";
import type { HostCall } from "./hostCalls.ts";
import type { IncomingMessage } from "./messages.ts";
import { messageTypes, messageTypeText } from "./messageTypes.ts";
import { pipelineEndOf } from "./pipelineState.ts";
import { readInformation, readPlainRecord, readProgress } from "./records.ts";
import { readEncryptedKey } from "./sessionKey.ts";

/* What a client hears, message by message. Throws PsrpError for what cannot be read. */

/** What a message of the pool says; its state is the pool's own to read. */
export function poolMessage(side: ClientSide, message: IncomingMessage, content: ClixmlValue): ClientEvent {
  switch (message.type) {
    case messageTypes.sessionCapability: {
      const capability = readCapability(content);
      demandSupported(capability);
      return { type: "capability", capability };
    }
    case messageTypes.applicationPrivateData:
      return { type: "privateData", value: property(content, "ApplicationPrivateData") ?? null };
    case messageTypes.runspacePoolInitData:
      return initData(content);
    case messageTypes.runspaceAvailability:
      return availability(content);
    case messageTypes.userEvent:
      return { type: "userEvent", value: content };
    case messageTypes.publicKeyRequest:
      return { type: "publicKeyRequest" };
    case messageTypes.encryptedSessionKey:
      return {
        type: "sessionKey",
        cipher: readEncryptedKey(textOf(property(content, "EncryptedSessionKey")) ?? ""),
      };
    case messageTypes.runspacePoolHostCall:
      return { type: "hostCall", pipeline: null, call: openCall(side, content) };
    default:
      return note(`message ${messageTypeText(message.type)} of the pool is not known`);
  }
}

/** What a message of a pipeline says; its state is kept in the side. */
export function pipelineMessage(
  pipeline: string,
  side: ClientSide,
  message: IncomingMessage,
  content: ClixmlValue,
): ClientEvent {
  switch (message.type) {
    case messageTypes.pipelineOutput:
      return { type: "output", pipeline, value: content };
    case messageTypes.errorRecord:
      return { type: "error", pipeline, record: readErrorRecord(content) };
    case messageTypes.warningRecord:
      return { type: "warning", pipeline, text: readPlainRecord(content) };
    case messageTypes.verboseRecord:
      return { type: "verbose", pipeline, text: readPlainRecord(content) };
    case messageTypes.debugRecord:
      return { type: "debug", pipeline, text: readPlainRecord(content) };
    case messageTypes.informationRecord:
      return { type: "information", pipeline, record: readInformation(content) };
    case messageTypes.progressRecord:
      return { type: "progress", pipeline, record: readProgress(content) };
    case messageTypes.pipelineHostCall:
      return { type: "hostCall", pipeline, call: openCall(side, content) };
    case messageTypes.pipelineState:
      return stateMessage(pipeline, side, content);
    default:
      return note(`message ${messageTypeText(message.type)} of a pipeline is not known`);
  }
}

/** Said for whoever debugs; nothing follows from it. */
export function note(text: string): ClientEvent {
  return { type: "note", text };
}

/** Why a pool or a pipeline came to its state, where it says so. */
export function reasonOf(content: ClixmlValue): ErrorRecord | null {
  const reason = property(content, "ExceptionAsErrorRecord") ?? null;
  return reason === null ? null : readErrorRecord(reason);
}

const initData = (content: ClixmlValue): ClientEvent => ({
  type: "initData",
  minRunspaces: integerOf(property(content, "MinRunspaces")) ?? 1,
  maxRunspaces: integerOf(property(content, "MaxRunspaces")) ?? 1,
});

const availability = (content: ClixmlValue): ClientEvent => {
  const answer = property(content, "SetMinMaxRunspacesResponse");
  return {
    type: "availability",
    callId: bigIntegerOf(property(content, "ci")) ?? 0n,
    answer: typeof answer === "boolean" ? answer : (bigIntegerOf(answer) ?? 0n),
  };
};

/** Reads a call and remembers it while it may be answered. */
const openCall = (side: ClientSide, content: ClixmlValue): HostCall => {
  const call = readHostCall(content);
  if (call.wantsAnswer && side.state !== "stopping") side.calls.note(call.callId, call.method);
  return call;
};

const stateMessage = (pipeline: string, side: ClientSide, content: ClixmlValue): ClientEvent => {
  const number = integerOf(property(content, "PipelineState"));
  const state = pipelineEndOf(number ?? -1);
  if (state === null) return note(`pipeline state ${number ?? "none"}`);
  side.state = state;
  side.calls.cancel();
  return { type: "pipelineState", pipeline, state, error: reasonOf(content) };
};
