import { access, all, always, disable, enable, once, type Row, survived } from "./rows.ts";

/* Answers that are damaged, sealed otherwise, or those to another request. */

const damaged = ["badSignature", "changedBody", "skippedNumber", "repeatedNumber", "relatesTo"];

export const damageRows: readonly Row[] = [
  ...damaged.flatMap((fault) => survived(`${fault} once`, [{ on: "Receive", fault, ...access, ...once }])),
  ...damaged.map(
    (fault): Row => ({
      shown: `${fault} always`,
      orders: [{ on: "Receive", fault }],
      act: "read",
      exit: 1,
      says: fault === "relatesTo" ? /relates to another request/ : /damaged or was changed on its way/,
    }),
  ),
  ...["badSignature", "relatesTo"].map(
    (fault): Row => ({
      shown: `${fault} in answer to the Yes`,
      orders: [{ on: "Send", fault, ...enable, ...once }],
      act: "grant",
      exit: 0,
      outcome: "granted",
    }),
  ),
  ...["badSignature", "relatesTo"].map(
    (fault): Row => ({
      shown: `${fault} in answer to a revoke`,
      orders: [{ on: "Command", fault, ...disable, ...once }],
      act: "revoke",
      exit: 0,
      outcome: "closed",
    }),
  ),
  {
    shown: "a sealed length that does not fit",
    orders: always("wrongLength"),
    act: "read",
    exit: 1,
    says: /damaged or was changed/,
  },
  {
    shown: "a signature header that is not of 16 bytes",
    orders: always("wrongHeaderLength"),
    act: "read",
    exit: 1,
    says: /damaged or was changed/,
  },
  {
    shown: "an answer that is not sealed",
    orders: always("unsealed"),
    act: "read",
    exit: 1,
    says: /not protected as agreed.*not read/,
  },
  ...["noTab", "lineFeeds", "spacedBoundary", "upperCase", "noLastLineEnd"].flatMap((fault) =>
    survived(`a sealed body written with ${fault}`, [{ on: "Receive", fault }], all),
  ),
];
