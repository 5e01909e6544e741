import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { consoleContract } from "#contract";
import type { ConsoleClient } from "#contract";
import { connect } from "#rpc";
import type { Channel } from "#rpc";
import { nodeChance } from "../../adapters/node/chance.ts";
import { nodeClock } from "../../adapters/node/clock.ts";
import { openLedgerStore } from "../../adapters/node/ledgerStore.ts";
import { createLog } from "../../adapters/node/log.ts";
import { openSettings } from "../../adapters/node/openSettings.ts";
import { startStamp } from "../../drill/startStamp.ts";
import type { RunningStamp } from "../../drill/runningStamp.ts";
import { createConsole } from "../../hosts/compose.ts";
import type { RunningConsole } from "../../hosts/compose.ts";
import { describeHost } from "../../hosts/hostDescription.ts";
import { createEndpoints } from "../../pep/createEndpoints.ts";
import { Secret } from "../../services/secret.ts";

/** A console on a practice stamp, and a client that reaches it over one kind of channel. */
export type Opened = AsyncDisposable & {
  readonly client: ConsoleClient;
  readonly drill: RunningStamp;
  /** What the console logged, one JSON line each. */
  readonly logged: readonly string[];
  /** Cuts the channel, as a closed window does. */
  readonly lose: () => void;
  /** A second client of the same console, over a channel of its own. */
  readonly again: () => Promise<ConsoleClient>;
};

/** Joins a client's channel to the console; `close` takes down what carried it. */
export type Joined = { readonly channel: Channel; readonly close: () => Promise<void> };
export type Join = (console: RunningConsole) => Promise<Joined>;

export const practicePassword = "Practice-9-Journeys";

/** Everything real but the people: a stamp on loopback, the console on it, settings and ledger in a folder that goes away. */
export async function openOver(join_: Join): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), "journey-"));
  const logged: string[] = [];
  const log = createLog(
    (line) => void logged.push(line),
    () => new Date(),
  );
  const drill = await startStamp({
    ports: [0, 0, 0],
    account: "AZS\\cloudadmin",
    revealPassword: () => practicePassword,
    stateFolder: null,
    seed: 7,
  });
  const endpoints = createEndpoints({ clock: nodeClock, log });
  const { name, account, configuration } = drill;
  const stamp = {
    name,
    account,
    configuration,
    endpoints: drill.endpoints,
    password: new Secret(practicePassword),
  };
  const running = createConsole(
    {
      clock: nodeClock,
      log,
      settings: openSettings(folder, log),
      ledger: openLedgerStore(folder),
      chance: nodeChance,
      endpoints,
      practice: { start: async () => stamp },
      host: describeHost("serve"),
    },
    { mayBeBack: 500 },
  );
  const joins: Joined[] = [];
  const enter = async (): Promise<ConsoleClient> => {
    const joined = await join_(running);
    joins.push(joined);
    return connect(consoleContract, joined.channel);
  };
  return {
    client: await enter(),
    drill,
    logged,
    lose: () => joins[0]?.channel.close(),
    again: enter,
    [Symbol.asyncDispose]: async () => {
      await running.close();
      for (const joined of joins) await joined.close();
      await drill.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
