/** A SOAP fault as it is read, in the order of protocol 5.11. */
export type WsmanFault = {
  /** The most precise WSManFault code as u32; null when there was none. */
  readonly code: number | null;
  /** s:Sender or s:Receiver without prefix. */
  readonly role: string;
  /** Local name of the subcode, such as `TimedOut`; "" when there was none. */
  readonly subcode: string;
  /** The text to show: f:Message, else ProviderFault, else Reason in en-US, else the first Reason, else FaultDetail. */
  readonly text: string;
  /** Who of the server's plug-ins spoke. */
  readonly provider: { readonly name: string; readonly path: string; readonly text: string } | null;
  /** The FaultDetail URI, or "". */
  readonly faultDetail: string;
};

/** Codes that decide something (protocol 10); all others are shown by their table entry. */
export const faultCodes = {
  accessDenied: 5,
  aborted: 995,
  invalidParameter: 87,
  invalidAction: 2_150_858_753,
  invalidHeader: 2_150_858_767,
  notUnderstood: 2_150_858_768,
  timedOut: 2_150_858_793,
  noSuchConfiguration: 2_150_858_811,
  schemaValidation: 2_150_858_817,
  invalidXml: 2_150_858_819,
  optionNotSupported: 2_150_858_833,
  gone: 2_150_858_843,
  localeMustUnderstand: 2_150_858_887,
  tooManyShells: 2_150_859_173,
  disconnected: 2_150_859_230,
  tooManyCommands: 2_150_859_241,
  managedException: 2_152_992_672,
  connectWithoutData: 2_152_992_674,
  connectFailed: 2_152_992_675,
} as const;
