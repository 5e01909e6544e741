import { messageTypes, messageTypeText } from "../../../protocol/psrp/messageTypes.ts";

const t = messageTypes;

/** What the client role makes of each message. */
const ofPool: ReadonlyMap<number, string> = new Map([
  [t.sessionCapability, "capability"],
  [t.applicationPrivateData, "privateData"],
  [t.runspacePoolState, "poolState"],
  [t.runspacePoolInitData, "initData"],
  [t.runspaceAvailability, "availability"],
  [t.userEvent, "userEvent"],
  [t.publicKeyRequest, "publicKeyRequest"],
  [t.encryptedSessionKey, "sessionKey"],
  [t.runspacePoolHostCall, "hostCall"],
]);
const ofPipeline: ReadonlyMap<number, string> = new Map([
  [t.pipelineOutput, "output"],
  [t.errorRecord, "error"],
  [t.warningRecord, "warning"],
  [t.verboseRecord, "verbose"],
  [t.debugRecord, "debug"],
  [t.informationRecord, "information"],
  [t.progressRecord, "progress"],
  [t.pipelineHostCall, "hostCall"],
  [t.pipelineState, "pipelineState"],
]);

/** The kind of event that the client role owes for a message of the pool, or of a pipeline. */
export function clientEventOf(type: number, isPipeline: boolean): string {
  return (isPipeline ? ofPipeline : ofPool).get(type) ?? "note";
}

/** And the server role for a message of a client; capability alone is answered without an event. */
export function serverEventOf(type: number): string | null {
  const kinds: ReadonlyMap<number, string | null> = new Map<number, string | null>([
    [t.sessionCapability, null],
    [t.initRunspacePool, "initRunspacePool"],
    [t.createPipeline, "createPipeline"],
    [t.getCommandMetadata, "getCommandMetadata"],
    [t.publicKey, "publicKey"],
    [t.setMaxRunspaces, "setMaxRunspaces"],
    [t.setMinRunspaces, "setMinRunspaces"],
    [t.getAvailableRunspaces, "getAvailableRunspaces"],
    [t.resetRunspaceState, "resetRunspaceState"],
    [t.runspacePoolHostResponse, "hostResponse"],
    [t.pipelineInput, "input"],
    [t.endOfPipelineInput, "endOfInput"],
    [t.pipelineHostResponse, "hostResponse"],
  ]);
  return kinds.get(type) ?? (kinds.has(type) ? null : "note");
}

const names: ReadonlyMap<number, string> = new Map(Object.entries(t).map(([name, type]) => [type, name]));

/** The message's name for people. */
export function nameOfType(type: number): string {
  return names.get(type) ?? messageTypeText(type);
}
