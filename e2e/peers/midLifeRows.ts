import type { Order } from "./peer.ts";
import { access, all, disable, enable, once, type Row, survived } from "./rows.ts";

/* Faults in the middle of a conversation: what they mean depends on what was under way. */

const at = (on: string, code: number, more: object): Order => ({ on, fault: "code", code, ...more });
const notUnderstood: Order = { on: "question", question: "threeChoices" };

export const midLifeRows: readonly Row[] = [
  ...survived("a runspace that is gone at a Command", [at("Command", 2150858843, once)], all),
  ...survived("a fault 995 while a reading waits", [at("Receive", 995, { ...access, ...once })]),
  ...survived("a shell that says it is disconnected", [at("Receive", 2150859230, { ...access, ...once })]),
  ...survived("a runspace that is gone at its Delete", [at("Delete", 2150858843, {})], all),
  {
    shown: "a reading that is denied at its Command",
    orders: [at("Command", 5, access)],
    act: "read",
    exit: 1,
    says: /may not use this configuration/,
  },
  {
    shown: "too many operations at the Command of a grant",
    orders: [at("Command", 2150859174, enable)],
    act: "grant",
    exit: 1,
    says: /too much to do at once/,
    outcome: "notGranted",
  },
  {
    shown: "a fault 995 in place of the question",
    orders: [at("Receive", 995, { ...enable, ...once })],
    act: "grant",
    exit: 3,
    says: /no new grant so far/,
    outcome: "notKnown",
  },
  {
    shown: "a command that is gone after the Yes",
    orders: [at("Receive", 2150858843, { skip: 1, ...enable, ...once })],
    act: "grant",
    exit: 0,
    says: /may or may not be done/,
    outcome: "granted",
  },
  {
    shown: "a fault 995 while a revoke waits",
    orders: [at("Receive", 995, { ...disable, ...once })],
    act: "revoke",
    exit: 0,
    says: /may or may not be done/,
    outcome: "closed",
  },
  ...["cutBefore", "cutAfter"].map(
    (fault): Row => ({
      shown: `a stop whose Signal meets ${fault}`,
      orders: [notUnderstood, { on: "Signal", fault, ...once }],
      act: "grant",
      exit: 1,
      says: /asked something/,
      outcome: "notGranted",
    }),
  ),
];

/** Takes 15 s: then the command is closed. Who does not obey a stop is not believed to have done nothing. */
export const stubbornRow: Row = {
  shown: "a command that does not obey its stop",
  orders: [notUnderstood, { on: "stop" }],
  act: "grant",
  exit: 3,
  says: /may or may not be done/,
  outcome: "notGranted",
};
