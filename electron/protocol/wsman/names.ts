/** The namespaces of the shell operations ([MS-WSMV] 2.1); prefixes as real servers choose them. */
export const namespaces = {
  s: "http://www.w3.org/2003/05/soap-envelope",
  a: "http://schemas.xmlsoap.org/ws/2004/08/addressing",
  x: "http://schemas.xmlsoap.org/ws/2004/09/transfer",
  n: "http://schemas.xmlsoap.org/ws/2004/09/enumeration",
  w: "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd",
  p: "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd",
  rsp: "http://schemas.microsoft.com/wbem/wsman/1/windows/shell",
  f: "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault",
} as const;

export const xmlNamespace = "http://www.w3.org/XML/1998/namespace";

/** Where creationXml, connectXml and connectResponseXml are ([MS-PSRP] 2.2). */
export const powershellNamespace = "http://schemas.microsoft.com/powershell";

/** Who answers here (DSP0226 11): asked and answered without addressing headers. */
export const identityNamespace = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd";

export const configNamespace = "http://schemas.microsoft.com/wbem/wsman/1/config";
export const commandResource = `${namespaces.rsp}/Command`;
export const anonymous = `${namespaces.a}/role/anonymous`;
export const selectorFilter = "http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter";
export const faultDetails = "http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail";

/** Action URIs (protocol 5.3); an answer's is the request's with `Response` behind it. */
export const actions = {
  create: `${namespaces.x}/Create`,
  delete: `${namespaces.x}/Delete`,
  get: `${namespaces.x}/Get`,
  command: `${namespaces.rsp}/Command`,
  receive: `${namespaces.rsp}/Receive`,
  send: `${namespaces.rsp}/Send`,
  signal: `${namespaces.rsp}/Signal`,
  disconnect: `${namespaces.rsp}/Disconnect`,
  reconnect: `${namespaces.rsp}/Reconnect`,
  connect: `${namespaces.rsp}/Connect`,
  enumerate: `${namespaces.n}/Enumerate`,
  pull: `${namespaces.n}/Pull`,
} as const;

export type ActionName = keyof typeof actions;

export const faultActions = {
  wsman: "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault",
  addressing: `${namespaces.a}/fault`,
} as const;

export const signalCodes = {
  /** Stops a pipeline. The spelling is the specification's own, and a corrected one is not a stop ([MS-PSRP] 3.1.5.3.9). */
  stop: "powershell/signal/crtl_c",
  /** Closes a command, capital T ([MS-WSMV] 2.2.4.38). */
  terminate: `${namespaces.rsp}/signal/Terminate`,
} as const;

export const commandStates = `${namespaces.rsp}/CommandState`;
