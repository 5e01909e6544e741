import { faultDetails } from "./names.ts";
import { faultCodes } from "./wsmanFault.ts";
import type { WsmanFault } from "./wsmanFault.ts";

type Entry = {
  readonly sender?: true;
  /** With prefix `w:` unless another one stands there. */
  readonly subcode: string;
  readonly text: string;
  readonly detail?: string;
};

/** How a server words the faults it sends; codes of protocol 10, texts of the Windows messages or of our own. */
const table: ReadonlyMap<number, Entry> = new Map([
  [faultCodes.accessDenied, { sender: true, subcode: "AccessDenied", text: "Access is denied. " }],
  [
    faultCodes.aborted,
    {
      subcode: "InternalError",
      text: "The I/O operation has been aborted because of either a thread exit or an application request. ",
    },
  ],
  [
    faultCodes.invalidParameter,
    {
      sender: true,
      subcode: "InvalidParameter",
      text: "The parameter is incorrect. ",
      detail: "InvalidValue",
    },
  ],
  [
    faultCodes.invalidAction,
    {
      sender: true,
      subcode: "a:ActionNotSupported",
      text: "The service does not offer the operation of this action URI.",
    },
  ],
  [
    faultCodes.invalidHeader,
    {
      sender: true,
      subcode: "SchemaValidationError",
      text: "The request has an invalid timeout field in the SOAP header.",
    },
  ],
  [
    faultCodes.notUnderstood,
    {
      sender: true,
      subcode: "s:MustUnderstand",
      text: "The request holds a header that must be understood and is not.",
    },
  ],
  [
    faultCodes.timedOut,
    {
      subcode: "TimedOut",
      text: "The WS-Management service cannot complete the operation within the time specified in OperationTimeout.  ",
    },
  ],
  [
    faultCodes.noSuchConfiguration,
    {
      sender: true,
      subcode: "a:DestinationUnreachable",
      text: "The resource URI was not found in the WS-Management catalog. The catalog contains the metadata that describes resources, or logical endpoints.",
      detail: "InvalidResourceURI",
    },
  ],
  [
    faultCodes.schemaValidation,
    {
      sender: true,
      subcode: "SchemaValidationError",
      text: "The request does not fit the schema of the operation.",
    },
  ],
  [
    faultCodes.invalidXml,
    { sender: true, subcode: "SchemaValidationError", text: "The request is not valid XML." },
  ],
  [
    faultCodes.optionNotSupported,
    {
      sender: true,
      subcode: "InvalidOptions",
      text: "The request has an option that is not supported.",
      detail: "NotSupported",
    },
  ],
  [
    faultCodes.gone,
    {
      sender: true,
      subcode: "InvalidSelectors",
      text: "The WS-Management service cannot process the request because the request contained invalid selectors for the resource. ",
      detail: "UnexpectedSelectors",
    },
  ],
  [
    faultCodes.localeMustUnderstand,
    {
      sender: true,
      subcode: "s:MustUnderstand",
      text: "The locale header must not demand to be understood.",
    },
  ],
  [
    faultCodes.tooManyShells,
    {
      subcode: "QuotaLimit",
      text: "The WS-Management service cannot process the request. This user is allowed a maximum number of concurrent shells, which has been exceeded. Close existing shells or raise the quota for this user. ",
    },
  ],
  [
    faultCodes.disconnected,
    { subcode: "InternalError", text: "The stream was disconnected while the operation was waiting. " },
  ],
  [
    faultCodes.tooManyCommands,
    { subcode: "QuotaLimit", text: "The shell has reached its largest number of concurrent commands. " },
  ],
  [
    faultCodes.connectWithoutData,
    {
      subcode: "InternalError",
      text: "The connect operation lacks Client Capability and Connect RunspacePool information.",
    },
  ],
  [
    faultCodes.connectFailed,
    {
      subcode: "InternalError",
      text: "The server cannot process the connect operation because the following information is not found or not valid: Client Capability information and Connect RunspacePool information.",
    },
  ],
] as const);

/** The fault of that code in the shape servers send it; any other code is an internal error under its number. */
export function faultOf(code: number, change: Partial<WsmanFault> = {}): WsmanFault {
  const entry: Entry = table.get(code) ?? {
    subcode: "InternalError",
    text: `The WS-Management service cannot process the request (${code}). `,
  };
  return {
    code,
    role: entry.sender ? "Sender" : "Receiver",
    subcode: entry.subcode,
    text: entry.text,
    provider: null,
    faultDetail: entry.detail === undefined ? "" : `${faultDetails}/${entry.detail}`,
    ...change,
  };
}

/** The same with the server's plug-in as the speaker, as the Shell provider does for shells that are gone. */
export function providerFaultOf(
  code: number,
  provider: { readonly name: string; readonly path: string },
  change: Partial<WsmanFault> = {},
): WsmanFault {
  const fault = faultOf(code, change);
  return { ...fault, provider: { ...provider, text: fault.text } };
}
