import { randomUUID } from "node:crypto";
import { consoleContract } from "#contract";
import type { ConsoleClient, Endpoint, Target } from "#contract";
import { connect, memoryPair } from "#rpc";
import type { RunningStamp } from "../../drill/runningStamp.ts";
import type { StampSwitches } from "../../drill/stampSwitches.ts";
import { startStamp } from "../../drill/startStamp.ts";
import { openSettings } from "../../adapters/node/openSettings.ts";
import { createConsole } from "../../hosts/compose.ts";
import type { RunningConsole } from "../../hosts/compose.ts";
import { describeHost } from "../../hosts/hostDescription.ts";
import { createEndpoints } from "../../pep/createEndpoints.ts";
import type { Clock } from "../../services/ports.ts";
import { memoryLedger, memorySettings, sha256 } from "../startedConsole.ts";
import type { MemoryLedger } from "../startedConsole.ts";
import { openFront } from "./front.ts";
import type { Front } from "./front.ts";
import { hurriedClock, impatientClock } from "./hurriedClock.ts";

export const account = "AZS\\cloudadmin";
export const password = "Marked-Horse-7Q9";

/** A console on a stamp whose first endpoint stands behind a front; every wire is real, only rests are skipped. */
export type Bench = AsyncDisposable & {
  readonly stamp: RunningStamp;
  readonly front: Front;
  readonly console: RunningConsole;
  readonly client: ConsoleClient;
  /** A further client over a channel of its own, and how it is lost. */
  readonly enter: () => { readonly client: ConsoleClient; readonly lose: () => void };
  readonly ledger: MemoryLedger;
  readonly logged: string[];
  /** Only the endpoint behind the front. */
  readonly alone: Target;
  /** The same endpoint first, then two honest ones. */
  readonly three: Target;
  /** Signs in to both, as after a sign-in that was refused. */
  readonly signIn: () => Promise<void>;
  /** Front and stamp behave again; shells that nobody could delete are gone, as after their idle time. */
  readonly behave: () => Promise<void>;
  /** Active grants as another client of the stamp reads them at an honest endpoint. */
  readonly activeGrants: () => Promise<number>;
};

export type BenchOptions = {
  readonly switches?: Partial<StampSwitches>;
  /** The port behind the front; the stamp's first endpoint if left out. */
  readonly before?: number;
  /** Where the settings file lies; in memory if left out. */
  readonly folder?: string;
};

/** Starts everything and signs in while the front is still honest. */
export async function openBench(options: BenchOptions = {}): Promise<Bench> {
  const clock = hurriedClock();
  const stamp = await startStamp({
    ports: [0, 0, 0],
    account,
    revealPassword: () => password,
    stateFolder: null,
    seed: 5,
    now: () => clock.now(),
    switches: { engineer: "nobody", errorAtQuestion: "goesOnAndGrants", ...options.switches },
  });
  const front = await openFront(options.before ?? stamp.endpoints[0].port);
  const { ledger, logged, console } = consoleOn(clock, options.folder);
  const enter = (): ReturnType<Bench["enter"]> => {
    const [own, other] = memoryPair();
    console.attach(other);
    return { client: connect(consoleContract, own), lose: () => own.close() };
  };
  const { client } = enter();
  const hostile: Endpoint = { name: "AZS-ERCS01", host: "127.0.0.1", port: front.port };
  const [, second, third] = stamp.endpoints;
  const add = (name: string, endpoints: readonly Endpoint[]): Promise<Target> =>
    client.targets.add({
      kind: "stamp",
      name,
      transport: "http",
      configuration: stamp.configuration,
      account,
      endpoints,
    });
  const alone = await add("Alone", [hostile]);
  const three = await add("Three", [hostile, second, third]);
  // As the practice stamp does; without that word no door is closed while one of them cannot be read.
  await client.targets.declareScope({ targetId: three.id, grants: "shared" });
  const signIn = async (): Promise<void> => {
    for (const { id } of [alone, three]) await client.targets.signIn({ targetId: id, account, password });
  };
  await signIn();
  return {
    stamp,
    front,
    console,
    client,
    enter,
    ledger,
    logged,
    alone,
    three,
    signIn,
    behave: async () => {
      front.turn(null);
      await front.comeUp();
      await stamp.takeDown(0);
      await stamp.bringUp(0);
    },
    activeGrants: () => grantsOf(consoleOn(clock).console, second, stamp.configuration),
    [Symbol.asyncDispose]: async () => {
      await console.close();
      await front[Symbol.asyncDispose]();
      await stamp.stop();
    },
  };
}

function consoleOn(clock: Clock, folder?: string) {
  const ledger = memoryLedger();
  const logged: string[] = [];
  const log = {
    write: (...entry: readonly unknown[]) => void logged.push(JSON.stringify(entry, withErrors)),
  };
  const endpoints = createEndpoints({ clock: impatientClock(clock), log });
  const console = createConsole(
    {
      clock,
      log,
      settings: folder === undefined ? memorySettings() : openSettings(folder, log),
      ledger,
      chance: { uuid: randomUUID, sha256 },
      endpoints,
      practice: null,
      host: describeHost("cli"),
    },
    { mayBeBack: 500 },
  );
  return { ledger, logged, console };
}

/** Errors are kept whole, with their causes: what a log file would hold of them is to be searched. */
function withErrors(_: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  return { name, message, stack, cause, code: "code" in value ? value.code : null };
}

async function grantsOf(console: RunningConsole, endpoint: Endpoint, configuration: string): Promise<number> {
  const [own, other] = memoryPair();
  console.attach(other);
  const client = connect(consoleContract, own);
  const given = { kind: "stamp", name: "Other", transport: "http", configuration, account } as const;
  const { id: targetId } = await client.targets.add({ ...given, endpoints: [endpoint] });
  await client.targets.signIn({ targetId, account, password });
  const { grants } = await client.grants.list({ targetId });
  await console.close();
  return grants.filter((grant) => grant.active).length;
}
