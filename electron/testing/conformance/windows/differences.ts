/**
 * Where our client differs from the recorded one by intention: `message member` for members of messages that are not
 * compared, each with its reason.
 */
export const unlikeMembers: ReadonlyMap<string, string> = new Map([
  ["sessionCapability TimeZone", "a serialised .NET object: never sent, never read (rule 4)"],
  ["publicKey PublicKey", "every client has a key of its own (rule 4)"],
  ["createPipeline HostInfo", "our host can always be asked, or nobody could consent"],
  ["initRunspacePool HostInfo", "our host has no raw interface and sends no default data"],
  ["pipelineHostResponse me", "an error of our host is worded by us"],
  ["runspacePoolHostResponse me", "an error of our host is worded by us"],
  ["setMaxRunspaces ci", "our calls about runspaces count from 1"],
  ["setMinRunspaces ci", "our calls about runspaces count from 1"],
  ["getAvailableRunspaces ci", "our calls about runspaces count from 1"],
  ["resetRunspaceState ci", "our calls about runspaces count from 1"],
  ["createPipeline RemoteStreamOptions", "always 0: invocation info is not used"],
]);

/** Text of elements in the body of a request that differ by intention. */
export const unlikeBodyTexts: ReadonlyMap<string, string> = new Map([
  ["Code", "our stop is the documented powershell/signal/crtl_c; closing is the same"],
]);

/** Header elements whose language differs by intention; that they name one is compared. */
export const unlikeLanguages: ReadonlyMap<string, string> = new Map([
  ["Locale", "always en-US: with another culture some endpoint cmdlets misbehave (protocol 5.2)"],
  ["DataLocale", "as Locale"],
]);

/** Header elements that are not compared (rule 4). */
export const uncomparedHeaders: ReadonlySet<string> = new Set([
  "MaxEnvelopeSize",
  "OperationTimeout",
  "To",
  "OperationID",
  "SequenceId",
]);

/** Options of a request that our client sends; others, such as WINRS_NOPROFILE, it does not offer, and they are not compared. */
export const offeredOptions: ReadonlySet<string> = new Set([
  "protocolversion",
  "WINRS_SKIP_CMD_SHELL",
  "WSMAN_CMDSHELL_OPTION_KEEPALIVE",
]);
