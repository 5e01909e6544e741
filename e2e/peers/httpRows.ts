import type { Order } from "./peer.ts";
import { all, always, once, type Row, survived } from "./rows.ts";

/* What stands around an envelope: HTTP and XML. */

const status = (code: number, more: object = {}): Order => ({
  on: "Create",
  fault: "status",
  status: code,
  ...more,
});

export const httpRows: readonly Row[] = [
  ...survived(
    "400 without a body in mid-life",
    [{ on: "Command", fault: "status", status: 400, ...once }],
    all,
  ),
  ...survived("401 in mid-life", [{ on: "Command", fault: "status", status: 401, ...once }], all),
  {
    shown: "400 without a body for good",
    orders: [status(400)],
    act: "read",
    exit: 4,
    says: /dropped this connection's sign-in \(400\)/,
  },
  {
    shown: "400 with a body",
    orders: [status(400, { body: "PEER words" })],
    act: "read",
    exit: 1,
    says: /answered 400.*not read/,
  },
  { shown: "503", orders: [status(503)], act: "read", exit: 4, says: /not ready \(503\).*restarting/ },
  {
    shown: "a redirect",
    orders: [status(302, { headers: { Location: "http://127.0.0.1:1/wsman" } })],
    act: "read",
    exit: 1,
    says: /another address \(302\), which is never followed/,
  },
  { shown: "a proxy's 407", orders: [status(407)], act: "read", exit: 4, says: /proxy answered/i },
  { shown: "404", orders: [status(404)], act: "read", exit: 4, says: /nothing at \/wsman/ },
  { shown: "413", orders: [status(413)], act: "read", exit: 1, says: /no request of this size/ },
  { shown: "405", orders: [status(405)], act: "read", exit: 1, says: /answered 405/ },
  { shown: "500 without a body", orders: [status(500)], act: "read", exit: 1, says: /answered 500/ },
  { shown: "a web page", orders: always("html"), act: "read", exit: 1, says: /web page \(200, text\/html\)/ },
  {
    shown: "a web page at the first word",
    orders: [{ on: "http", fault: "html" }],
    act: "read",
    exit: 1,
    says: /web page/,
  },
  { shown: "100 MB", orders: always("huge"), act: "read", exit: 1, says: /larger than allowed/ },
  {
    shown: "two lengths",
    orders: always("twoLengths"),
    act: "read",
    exit: 1,
    says: /content-length is repeated/,
  },
  {
    shown: "200 header lines",
    orders: always("manyHeaders"),
    act: "read",
    exit: 1,
    says: /more than 100 header lines/,
  },
  {
    shown: "a header of 100 KB",
    orders: always("longHeader"),
    act: "read",
    exit: 1,
    says: /longer than allowed/,
  },
  {
    shown: "a compressed answer",
    orders: [status(200, { headers: { "Content-Encoding": "gzip" } })],
    act: "read",
    exit: 1,
    says: /compressed/,
  },
  ...["chunked", "untilEnd", "interim", "drip"].flatMap((fault) =>
    survived(
      `answers sent ${fault}`,
      [
        { on: "Command", fault },
        { on: "Receive", fault, times: 4 },
      ],
      all,
    ),
  ),
  ...survived("answers two seconds late", [{ on: "Receive", fault: "delay", seconds: 2, times: 1 }], all),
];

export const xmlRows: readonly Row[] = [
  ...(
    [
      ["dtd", /not readable XML/],
      ["entities", /not readable XML/],
      ["deep", /not readable XML/],
      ["twoBodies", /does not allow/],
      ["undeclaredPrefix", /not readable XML/],
      ["twoAttributes", /not readable XML/],
      ["cutEnvelope", /does not allow/],
      ["noXml", /does not allow/],
      ["wrongAction", /Action of an answer does not fit/],
    ] as const
  ).map(
    ([fault, says]): Row => ({
      shown: `an envelope with ${fault}`,
      orders: always(fault),
      act: "read",
      exit: 1,
      says,
    }),
  ),
  ...["declaration", "otherPrefixes"].flatMap((fault) =>
    survived(`an envelope with ${fault}`, [{ on: "Receive", fault }]),
  ),
];
