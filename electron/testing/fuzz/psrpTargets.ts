import { ClientPool } from "../../protocol/psrp/clientPool.ts";
import { FragmentAssembler } from "../../protocol/psrp/fragmentAssembler.ts";
import { fragmentHeader, writeFragment } from "../../protocol/psrp/fragments.ts";
import { clientLimits } from "../../protocol/psrp/limits.ts";
import { contentOf, readMessage } from "../../protocol/psrp/messages.ts";
import { PsrpError } from "../../protocol/psrp/psrpError.ts";
import { ServerPool } from "../../protocol/psrp/serverPool.ts";
import {
  readEncryptedKey,
  readPublicKey,
  writeEncryptedKey,
  writePublicKey,
} from "../../protocol/psrp/sessionKey.ts";
import type { Seeded } from "../seeded.ts";
import type { FuzzTarget } from "./fuzz.ts";
import { bytesOf, commandId, shellId, talk } from "./samples.ts";

const said = talk();
const toClient = [...said.toClient, ...said.pipelineToClient];
const toServer = [...said.toServer, ...said.pipelineToServer];

const assembler = (): FragmentAssembler => new FragmentAssembler(clientLimits, { bytes: 0, objects: 0 });
const messagesIn = (fragments: readonly Uint8Array[]): readonly Uint8Array[] =>
  fragments.flatMap((bytes) => assembler().receive(bytes));

/** Fragments, the messages in them, and both roles that act by them. */
export function psrpTargets(): readonly FuzzTarget[] {
  return [
    {
      name: "fragments",
      samples: toClient,
      read: (bytes) => {
        assembler().receive(bytes);
        return true;
      },
      declared: [PsrpError],
    },
    {
      name: "messages",
      samples: messagesIn([...toClient, ...toServer]),
      read: (bytes) => {
        contentOf(readMessage(bytes));
        return true;
      },
      declared: [PsrpError],
    },
    {
      name: "pool, client",
      samples: [...toClient, ...messagesIn(toClient)],
      read: hearAsClient,
      declared: [],
    },
    {
      name: "pool, server",
      samples: [...toServer, ...messagesIn(toServer)],
      read: hearAsServer,
      declared: [],
    },
    sessionKeyTarget(),
  ];
}

/** A message that was spoilt is put into a sound fragment, so that it is met by what reads messages. */
function inFragment(bytes: Uint8Array, objectId: bigint): Uint8Array {
  // A fragment begins with the upper bytes of a small object id, a message with its destination, 1 or 2.
  if (bytes[0] === 0) return bytes;
  return writeFragment({ objectId, fragmentId: 0n, start: true, end: true, data: bytes });
}

function hearAsClient(bytes: Uint8Array, chance: Seeded): boolean {
  const pool = new ClientPool(shellId);
  pool.open();
  pool.joinPipeline(commandId);
  const pipeline = chance.below(4) === 0 ? null : commandId;
  return pool.receive(pipeline, inFragment(bytes, 1n)).every(({ type }) => type !== "broken");
}

function hearAsServer(bytes: Uint8Array, chance: Seeded): boolean {
  const pool = new ServerPool();
  // Mostly where a message of its kind belongs, else anywhere.
  const opened = isOfPipeline(bytes) === chance.below(8) > 0;
  if (opened) {
    for (const sound of said.toServer) pool.receive({ pipeline: null, stream: "stdin" }, sound);
    pool.opened(null);
  }
  const pipeline = opened === chance.below(8) > 0 ? commandId : null;
  const stream = chance.below(8) === 0 ? "pr" : "stdin";
  const heard = pool.receive({ pipeline, stream }, inFragment(bytes, opened ? 3n : 1n));
  return heard.every(({ type }) => type !== "broken" && type !== "malformed");
}

/** The third byte of a message's type parts those of the pool from those of a pipeline ([MS-PSRP] 2.2.1). */
const isOfPipeline = (bytes: Uint8Array): boolean => bytes[(bytes[0] === 0 ? fragmentHeader : 0) + 6] !== 1;

const sessionKeyTarget = (): FuzzTarget => ({
  name: "session key",
  samples: [
    writePublicKey({ modulus: new Uint8Array(256).fill(7), exponent: 65_537 }),
    writeEncryptedKey(new Uint8Array(256).fill(9)),
  ].map(bytesOf),
  read: (bytes) => {
    const text = Buffer.from(bytes).toString("latin1");
    if (text.startsWith("AQ")) readEncryptedKey(text);
    else readPublicKey(text);
    return true;
  },
  declared: [PsrpError],
});
