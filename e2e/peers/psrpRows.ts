import type { Order } from "./peer.ts";
import { all, type Row, survived } from "./rows.ts";

/* What may come inside the answers: fragments, messages, objects and records, well made, unusual or wrong. */

const reading = (orders: readonly Order[]): Pick<Row, "orders" | "act"> => ({ orders, act: "read" });
const output = (fault: string, more: object = {}): readonly Order[] => [
  { on: "output", command: "Get-RemoteSupportAccess", fault, ...more },
];
const fine = (shown: string, orders: readonly Order[]): readonly Row[] => survived(shown, orders, all);

const unusual: readonly Row[] = [
  ...fine("no PIPELINE_STATE Running, as Windows does", [{ on: "quiet" }]),
  ...fine("a BOM in every message, as Windows writes it", [{ on: "bom" }]),
  ...fine("fragments of 100 bytes", [{ on: "smallFragments", bytes: 100 }]),
  ...fine("several fragments in one Stream", [{ on: "oneStream" }, { on: "smallFragments", bytes: 1000 }]),
  ...fine("200 OperationTimeout faults", [{ on: "Receive", fault: "code", code: 2150858793, times: 200 }]),
  ...fine("every stream, and its lines by host call too", [
    { on: "output", fault: "chatter", command: "Get-RemoteSupportAccess" },
    { on: "output", fault: "chatter", command: "Enable-RemoteSupport" },
    { on: "output", fault: "chatter", command: "Disable-RemoteSupport" },
  ]),
  ...fine("a null without a byte among the output", output("null")),
  ...fine("a message of a type that nobody knows", output("unknownMessage")),
  ...fine("an end after the end", output("statesAfterTheEnd")),
  ...fine("a state without Done", [{ on: "noDone" }]),
  ...["hostName", "hostVersion", "key"].flatMap((question) => [
    { shown: `the question ${question} in a reading`, ...reading(output("question", { question })), exit: 0 },
  ]),
  ...["hostName", "usual"].flatMap((question) =>
    fine(`the question ${question} that does not wait`, output("question", { question, waits: false })),
  ),
  { shown: "an answer without output", ...reading(output("nothing")), exit: 0, says: /"grants":\[\]/ },
];

const deep = `${"<Obj><MS>".repeat(300)}<S>x</S>${"</MS></Obj>".repeat(300)}`;

const wrong: readonly Row[] = [
  {
    shown: "a gap in the object ids",
    ...reading([{ on: "output", fault: "gap", command: "Get-RemoteSupportAccess", times: 1 }]),
    exit: 0,
  },
  {
    shown: "fragments cut over two Streams",
    ...reading([{ on: "cutFragments" }]),
    exit: 1,
    says: /protocol does not allow/,
  },
  { shown: "Done without a state", ...reading([{ on: "noState", skip: 1 }]), exit: 4, says: /broke off/ },
  {
    shown: "a CLIXML that is no XML",
    ...reading(output("raw", { text: "<Obj><" })),
    exit: 1,
    says: /protocol does not allow/,
  },
  {
    shown: "a CLIXML with a DTD",
    ...reading(output("raw", { text: '<!DOCTYPE x [<!ENTITY a "b">]><S>&a;</S>' })),
    exit: 1,
    says: /protocol does not allow/,
  },
  {
    shown: "objects 300 deep",
    ...reading(output("raw", { text: deep })),
    exit: 1,
    says: /protocol does not allow/,
  },
  {
    shown: "a reference to nothing",
    ...reading(output("raw", { text: '<Obj RefId="0"><MS><Ref N="State" RefId="7"/></MS></Obj>' })),
    exit: 1,
    says: /protocol does not allow/,
  },
  {
    shown: "an object that holds itself",
    ...reading(
      output("raw", {
        text: '<Obj RefId="0"><MS><S N="State">Active</S><S N="AccessLevel">Diagnostics</S><Ref N="Me" RefId="0"/></MS></Obj>',
      }),
    ),
    exit: 0,
    says: /"state":"Active"/,
  },
  {
    shown: "properties named like those of every object",
    ...reading(
      output("raw", {
        text: '<Obj RefId="0"><MS><S N="State">Active</S><S N="AccessLevel">Diagnostics</S><S N="__proto__">x</S><S N="constructor">y</S></MS></Obj>',
      }),
    ),
    exit: 0,
    says: /"name":"__proto__","text":"x"/,
  },
];

const record = (id: string, category: number): object => ({ id, category, message: "PEER words" });

const errors: readonly Row[] = [
  {
    shown: "a reading that fails",
    ...reading(output("failure", record("Peer.Failed", 7))),
    exit: 1,
    says: /PEER words/,
  },
  {
    shown: "an error beside the output",
    ...reading(output("error", record("Peer.Noted", 7))),
    exit: 1,
    says: /PEER words/,
  },
  {
    shown: "a reading that is denied",
    ...reading(output("failure", record("UnauthorizedAccess", 18))),
    exit: 1,
    says: /PEER words/,
  },
  {
    shown: "a grant that is refused",
    orders: [
      { on: "output", command: "Enable-RemoteSupport", fault: "failure", ...record("Peer.Refused", 7) },
    ],
    act: "grant",
    exit: 1,
    says: /PEER words/,
    outcome: "notGranted",
  },
  {
    shown: "a level that is refused",
    orders: [
      {
        on: "output",
        command: "Enable-RemoteSupport",
        fault: "failure",
        ...record("ParameterArgumentValidationError,Enable-RemoteSupport", 6),
      },
    ],
    act: "grant",
    exit: 1,
    says: /PEER words/,
    outcome: "notGranted",
  },
  {
    shown: "an endpoint without Enable-RemoteSupport",
    orders: [{ on: "missingCommand", name: "Enable-RemoteSupport" }],
    act: "grant",
    exit: 1,
    says: /Enable-RemoteSupport/,
    outcome: "notGranted",
  },
];

export const psrpRows: readonly Row[] = [...unusual, ...wrong, ...errors];
