import type { Order } from "./peer.ts";
import type { Row } from "./rows.ts";

/* Servers that offer other schemes, and sign-ins that are changed on their way. */

const offers = (...offered: readonly string[]): readonly Order[] => [{ on: "schemes", offered }];
const challenge = (fault: string, more: object = {}): readonly Order[] => [
  { on: "challenge", fault, ...more },
];
const last = (fault: string): readonly Order[] => [{ on: "token", fault }];
const refusedToken = /sign-in answer of .* is refused/;
const needed = ["unicode", "sign", "seal", "extended", "128", "keyExchange"];

type Told = Pick<Row, "shown" | "orders" | "exit"> & { readonly says?: RegExp };

const told: readonly Told[] = [
  { shown: "NTLM alone is offered", orders: offers("NTLM"), exit: 0 },
  {
    shown: "Negotiate among others is offered",
    orders: offers("Kerberos", "CredSSP", 'Basic realm="WSMAN"', "Negotiate"),
    exit: 0,
  },
  {
    shown: "all schemes stand in one header",
    orders: offers('Basic realm="WSMAN", Negotiate, Kerberos'),
    exit: 0,
  },
  {
    shown: "only Kerberos is offered",
    orders: offers("Kerberos"),
    exit: 1,
    says: /offers Kerberos\. Kerberos is not offered by this console: NTLM/,
  },
  {
    shown: "only CredSSP is offered",
    orders: offers("CredSSP"),
    exit: 1,
    says: /CredSSP is not offered by this console/,
  },
  {
    shown: "only Basic is offered over HTTP",
    orders: offers('Basic realm="WSMAN"'),
    exit: 1,
    says: /offers Basic.*Negotiate or NTLM/,
  },
  { shown: "no scheme is offered", orders: offers(), exit: 1, says: /no scheme at all/ },
  {
    shown: "the first token gets no answer",
    orders: [{ on: "silentToken" }],
    exit: 1,
    says: /did not answer our first Negotiate token/,
  },
  { shown: "the connection is closed after the 401", orders: [{ on: "closeAfter401", times: 1 }], exit: 0 },
  ...needed.map(
    (without): Told => ({
      shown: `a challenge without ${without}`,
      orders: challenge("weak", { without }),
      exit: 1,
      says: /sign-in answer of .* is refused.*(128-bit|may change the sign-in)/,
    }),
  ),
  { shown: "a challenge of nonsense", orders: challenge("garbage"), exit: 1, says: refusedToken },
  {
    shown: "a rejection in place of the challenge",
    orders: challenge("reject"),
    exit: 1,
    says: refusedToken,
  },
  { shown: "a server without a mechListMIC", orders: [...challenge("plain"), ...last("noMic")], exit: 0 },
  { shown: "a wrong mechListMIC", orders: last("wrongMic"), exit: 1, says: refusedToken },
  { shown: "a last token of nonsense", orders: last("garbage"), exit: 1, says: refusedToken },
  {
    shown: "a request for the mechListMIC and then none",
    orders: last("noMic"),
    exit: 1,
    says: refusedToken,
  },
];

export const signInRows: readonly Row[] = told.map((row) => ({ ...row, act: "read" }));
