import { access, type Row } from "./rows.ts";

/** Those that take our own time limits to their end: they are walked beside the others. */
export const slowRows: readonly Row[] = [
  {
    shown: "a revoke whose reading back is cut off for good",
    orders: [{ on: "Command", fault: "cutBefore", ...access }],
    act: "revoke",
    exit: 3,
    says: /No endpoint could be read/,
    outcome: "notConfirmed",
  },
  {
    shown: "a revoke that is refused",
    orders: [
      {
        on: "output",
        command: "Disable-RemoteSupport",
        fault: "failure",
        id: "Peer.Refused",
        category: 7,
        message: "PEER words",
      },
    ],
    act: "revoke",
    exit: 3,
    says: /PEER words/,
    outcome: "notConfirmed",
  },
  {
    shown: "a first word that is never answered",
    orders: [{ on: "http", fault: "delay", seconds: 14 }],
    act: "read",
    exit: 4,
    says: /did not answer in time/,
  },
  {
    shown: "an answer that stops in its middle",
    orders: [{ on: "Create", fault: "stall", seconds: 34, times: 1 }],
    act: "read",
    exit: 4,
    says: /stopped in the middle of its answer for 30 s/,
  },
];
