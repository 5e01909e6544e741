/*
 * Makes the project's own recordings anew: `node electron/testing/conformance/recordGolden.ts`. Our client talks to the
 * practice stamp over real sockets, and our two ends of the out-of-process framing to each other. Run it only where a
 * change on the wire is meant, and read the difference before it is kept.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { nodeClock } from "../../adapters/node/clock.ts";
import { startStamp } from "../../drill/startStamp.ts";
import { createEndpoints } from "../../pep/createEndpoints.ts";
import type { AskPerson, Runspace } from "../../services/ports.ts";
import { Secret } from "../../services/secret.ts";
import { openConnection } from "../../transport/openConnection.ts";
import type { OpenConnection } from "../../transport/winrmConnection.ts";
import { recordOutOfProcess } from "./recordOutOfProcess.ts";
import { quietEvents, revoke } from "../commandEvents.ts";

type Pair = { readonly request: string; readonly response: string | null };

const folder = join(import.meta.dirname, "..", "golden");
const password = "Practice-horse-9";
const never = new AbortController().signal;

/** Connects as ever and keeps every envelope, in the order in which the answers came. */
const recording =
  (pairs: Pair[]): OpenConnection =>
  async (address, credential, options) => {
    const connection = await openConnection(address, credential, options);
    return {
      ...connection,
      security: connection.security,
      get usable() {
        return connection.usable;
      },
      exchange: async (request, how) => {
        try {
          const reply = await connection.exchange(request, how);
          pairs.push({ request, response: reply.envelope });
          return reply;
        } catch (error) {
          pairs.push({ request, response: null });
          throw error;
        }
      },
      close: () => connection.close(),
    };
  };

async function record(name: string, scene: (runspace: Runspace) => Promise<void>): Promise<void> {
  const pairs: Pair[] = [];
  const stamp = await startStamp({
    ports: [0, 0, 0],
    account: "AZS\\cloudadmin",
    revealPassword: () => password,
    stateFolder: null,
    seed: 7,
    switches: { engineer: "nobody" },
  });
  const endpoints = createEndpoints({ clock: nodeClock, connect: recording(pairs) });
  const address = { ...stamp.endpoints[0], transport: "http", configuration: stamp.configuration } as const;
  const credential = { account: stamp.account, password: new Secret(password) };
  await scene(await endpoints.open(address, credential, never));
  await endpoints.close();
  await stamp.stop();
  writeFileSync(join(folder, `${name}.yml`), stringify({ messages: pairs }, { lineWidth: 0 }));
}

const answering =
  (answer: "yes" | "no"): AskPerson =>
  async () =>
    answer;
const request = { level: "Diagnostics", minutes: 480 } as const;

mkdirSync(folder, { recursive: true });
await record("consent-given-read-and-revoked", async (runspace) => {
  await runspace.enable(request, answering("yes"), quietEvents, never);
  await runspace.readAccess({ includeExpired: true }, never);
  await revoke(runspace);
});
await record("consent-refused", async (runspace) => {
  await runspace.enable(request, answering("no"), quietEvents, never);
  await runspace.stampFacts(never);
});
await record("stopped-at-the-question", async (runspace) => {
  const stop = new AbortController();
  const asked: AskPerson = async () => {
    stop.abort(new Error("given up"));
    return "no";
  };
  await runspace.enable(request, asked, quietEvents, stop.signal).catch(() => undefined);
  await runspace.readAccess({ includeExpired: true }, never);
});
writeFileSync(join(folder, "out-of-process.json"), `${JSON.stringify(recordOutOfProcess(), null, 1)}\n`);
