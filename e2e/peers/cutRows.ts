import { access, all, always, disable, enable, once, type Row, survived } from "./rows.ts";

/* Connections that are cut before, after and inside an answer. */

export const cutRows: readonly Row[] = [
  ...survived("a connection cut before a Command", [
    { on: "Command", fault: "cutBefore", ...access, ...once },
  ]),
  ...survived("a connection cut after a Command", [{ on: "Command", fault: "cutAfter", ...access, ...once }]),
  ...survived("an answer to a Command cut in the middle", [
    { on: "Command", fault: "cutInside", ...access, ...once },
  ]),
  ...survived("an answer with the output cut in the middle", [
    { on: "Receive", fault: "cutInside", ...access, ...once },
  ]),
  ...survived("a connection cut before an answer with the output", [
    { on: "Receive", fault: "cutBefore", ...access, ...once },
  ]),
  ...survived("a connection closed after each answer", [{ on: "Command", fault: "closeAfter" }], all),
  ...survived("a Delete that is never answered", [{ on: "Delete", fault: "cutAfter" }], all),
  ...survived("a Create whose answer is lost", [{ on: "Create", fault: "cutAfter", ...once }], all),
  ...survived("a Create that did not arrive", [{ on: "Create", fault: "cutBefore", ...once }], all),
  {
    shown: "every connection cut at Create",
    orders: always("cutBefore"),
    act: "read",
    exit: 4,
    says: /closed the connection without an answer/,
  },
  {
    shown: "a grant whose Command is lost before it is read",
    orders: [{ on: "Command", fault: "cutBefore", ...enable, ...once }],
    act: "grant",
    exit: 3,
    says: /no new grant so far.*ask again/,
    outcome: "notKnown",
  },
  {
    shown: "a grant whose Command is answered by a cut",
    orders: [{ on: "Command", fault: "cutAfter", ...enable, ...once }],
    act: "grant",
    exit: 0,
    outcome: "granted",
  },
  {
    shown: "a grant whose question is cut off",
    orders: [{ on: "Receive", fault: "cutInside", ...enable, ...once }],
    act: "grant",
    exit: 3,
    says: /no new grant so far.*ask again/,
    outcome: "notKnown",
  },
  {
    shown: "a grant whose Yes is cut off before it arrives",
    orders: [{ on: "Send", fault: "cutBefore", ...enable, ...once }],
    act: "grant",
    exit: 3,
    says: /no new grant so far.*ask again/,
    outcome: "notKnown",
  },
  {
    shown: "a grant whose Yes arrives and is answered by a cut",
    orders: [{ on: "Send", fault: "cutAfter", ...enable, ...once }],
    act: "grant",
    exit: 0,
    outcome: "granted",
  },
  {
    shown: "a grant whose end is cut off",
    orders: [{ on: "Receive", fault: "cutAfter", skip: 1, ...enable, ...once }],
    act: "grant",
    exit: 0,
    outcome: "granted",
  },
  // The reading shows the door open, and only then it is shut once more.
  {
    shown: "a revoke whose Command is lost before it is read",
    orders: [{ on: "Command", fault: "cutBefore", ...disable, ...once }],
    act: "revoke",
    exit: 0,
    says: /may or may not be done/,
    outcome: "closed",
  },
  {
    shown: "a revoke whose Command is answered by a cut",
    orders: [{ on: "Command", fault: "cutAfter", ...disable, ...once }],
    act: "revoke",
    exit: 0,
    outcome: "closed",
  },
  {
    shown: "a revoke whose end is cut off",
    orders: [{ on: "Receive", fault: "cutInside", ...disable, ...once }],
    act: "revoke",
    exit: 0,
    outcome: "closed",
  },
];
