import { consoleContract } from "#contract";
import type { ConsoleClient, Target } from "#contract";
import { connect, memoryPair } from "#rpc";
import { createStampCommands } from "../../drill/commands/stampCommands.ts";
import { emptyStamp } from "../../drill/model/history.ts";
import { createStampModel } from "../../drill/model/stampModel.ts";
import type { StampModel } from "../../drill/model/stampModel.ts";
import type { StampState } from "../../drill/model/stampState.ts";
import { stampConfiguration } from "../../drill/runningStamp.ts";
import type { StampCommand } from "../../drill/stampCommand.ts";
import { defaultSwitches } from "../../drill/stampSwitches.ts";
import type { StampSwitches } from "../../drill/stampSwitches.ts";
import type { RunningEndpoint } from "../../drill/winrm/endpointOptions.ts";
import { startEndpoint } from "../../drill/winrm/startEndpoint.ts";
import { createConsole } from "../../hosts/compose.ts";
import { describeHost } from "../../hosts/hostDescription.ts";
import { createEndpoints } from "../../pep/createEndpoints.ts";
import { createWinrmServer } from "../../transport/listenWinrm.ts";
import { openConnectionOver } from "../../transport/openConnection.ts";
import type { WinrmListener, WinrmListenerOptions } from "../../transport/winrmListener.ts";
import { Seeded } from "../seeded.ts";
import { memoryLedger, memorySettings, sha256 } from "../startedConsole.ts";
import { FaultyLine, type LineFault } from "./faultyLine.ts";
import { stillChance } from "./stillChance.ts";
import type { VirtualTime } from "./virtualTime.ts";

const account = "AZS\\cloudadmin";
const password = "Marked-Horse-7Q9";
const endpointName = "AZS-ERCS01";
const hour = 3_600_000;

export const stageSwitches: StampSwitches = {
  ...defaultSwitches,
  engineer: "nobody",
  // At the question an error would grant: whoever answers with one is found out.
  errorAtQuestion: "goesOnAndGrants",
};

/** A console and one endpoint with a line between them; nothing was said yet, and nobody else is there. */
export type Stage = {
  readonly time: VirtualTime;
  readonly line: FaultyLine;
  readonly model: StampModel;
  readonly endpoint: RunningEndpoint;
  readonly client: ConsoleClient;
  readonly target: Target;
  /** Signs in again, as after a sign-in that was refused. */
  readonly signIn: () => Promise<unknown>;
  /** Entries of the console's log that tell of a mistake of its own. */
  readonly mistakes: readonly string[];
  readonly close: () => Promise<void>;
};

export type StageOptions = {
  readonly state: (now: number) => StampState;
  readonly seed: number;
  /** True where the stamp prints its objects one by one. */
  readonly slow?: boolean;
};

/**
 * Builds the whole of it: every layer from the client of the contract down to the bytes, and on the other side up to
 * the model. Only sockets and clocks are made of memory. What depends on chance follows from the seed.
 */
export async function openStage(
  time: VirtualTime,
  fault: LineFault | null,
  { state, seed, slow = false }: StageOptions,
): Promise<Stage> {
  const chance = new Seeded(seed);
  const line = new FaultyLine(time, fault);
  const model = createStampModel({
    initial: state(time.now().getTime()),
    now: () => time.now(),
    speed: 1,
    switches: () => stageSwitches,
    onChange: () => undefined,
  });
  const stamp = await openStamp(time, model, chance, slow);
  const mistakes: string[] = [];
  const console = createConsole({
    clock: time,
    log: {
      write: (level, event, _, cause) => {
        if (level === "error") mistakes.push(`${event}: ${String(cause)}`);
      },
    },
    settings: memorySettings(),
    ledger: memoryLedger(),
    chance: { uuid: () => chance.guid(), sha256 },
    endpoints: {
      ...createEndpoints({
        clock: time,
        newId: () => chance.guid(),
        connect: openConnectionOver({
          chance: stillChance,
          connect: async () => {
            const [near, far] = line.join();
            stamp.take(far);
            return { socket: near, certificate: null, certificateDer: null };
          },
        }),
      }),
      // The password is right, and each act is to begin with a sign-in of its own.
      signIn: async () => undefined,
    },
    practice: null,
    host: describeHost("cli"),
  });
  const [own, other] = memoryPair();
  console.attach(other);
  const client = connect(consoleContract, own);
  const target = await addTarget(client);
  const signIn = (): Promise<unknown> => client.targets.signIn({ targetId: target.id, account, password });
  await signIn();
  return {
    time,
    line,
    model,
    endpoint: stamp.endpoint,
    client,
    target,
    signIn,
    mistakes,
    close: async () => {
      await time.until(console.close());
      await stamp.endpoint.close();
    },
  };
}

const addTarget = (client: ConsoleClient): Promise<Target> =>
  client.targets.add({
    kind: "stamp",
    name: "Alone",
    transport: "http",
    configuration: stampConfiguration,
    account,
    endpoints: [{ name: endpointName, host: "127.0.0.1", port: 5_985 }],
  });

type Stamp = { readonly endpoint: RunningEndpoint; readonly take: (socket: unknown) => void };

async function openStamp(
  time: VirtualTime,
  model: StampModel,
  chance: Seeded,
  slow: boolean,
): Promise<Stamp> {
  let take: Stamp["take"] = () => undefined;
  const commands = createStampCommands({
    model,
    switches: () => stageSwitches,
    restartEndpoint: () => undefined,
  });
  const endpoint = await startEndpoint({
    name: endpointName,
    host: "127.0.0.1",
    port: 5_985,
    accounts: [{ domain: "AZS", user: "cloudadmin", revealPassword: () => password }],
    computerName: endpointName,
    domainName: "AZS",
    configuration: stampConfiguration,
    commands: slow ? () => commands().map((command) => oneByOne(command, time)) : commands,
    switches: () => stageSwitches,
    today: () => time.now(),
    clock: time.forEndpoint,
    newId: () => chance.guid(),
    chance: stillChance,
    randomBytes: (count) => chance.bytes(count),
    listen: async (options) => {
      const listener = listenInMemory(options);
      take = listener.take;
      return listener;
    },
  });
  return { endpoint, take };
}

/** The same command; what it prints comes so slowly that each object travels in an answer of its own. */
const oneByOne = (command: StampCommand, time: VirtualTime): StampCommand => ({
  ...command,
  async *run(invocation) {
    for await (const value of command.run(invocation)) {
      yield value;
      await time.sleep(100, invocation.signal);
    }
  },
});

/** Node's own HTTP server, to which sockets are handed. */
function listenInMemory(options: WinrmListenerOptions): WinrmListener & { readonly take: Stamp["take"] } {
  const counts = { envelopes: 0, httpRequests: 0, connections: 0 };
  const server = createWinrmServer(options, counts);
  return {
    port: options.port,
    counts,
    take: (socket) => void server.emit("connection", socket),
    close: async () => void server.close(),
  };
}

/** A grant that is over and a session under it; where the door is open, one more of each. */
export const stampState =
  (door: "open" | "shut") =>
  (now: number): StampState => {
    const past = {
      id: "5b1c9d52-7a61-4a4e-9a55-1f1f5f1b6f01",
      level: "DiagnosticsRepair",
      account,
      instance: 0,
      createdAt: now - 60 * hour,
      updatedAt: now - 60 * hour,
      expiresAt: now - 52 * hour,
      ended: { at: now - 52 * hour, because: "expired" },
      sessionsEndBy: now - 52 * hour,
    } as const;
    const visit = {
      id: "5b1c9d52-7a61-4a4e-9a55-1f1f5f1b6f02",
      grantId: past.id,
      instance: 0,
      level: "DiagnosticsRepair",
      manner: "careful",
      seed: 3,
      pace: 1,
      startedAt: now - 59 * hour,
      leavesAt: now - 59 * hour + 240_000,
      ended: { at: now - 59 * hour + 240_000, because: "left" },
    } as const;
    const empty = { ...emptyStamp(5, now), grants: [past], sessions: [visit] };
    if (door === "shut") return empty;
    const createdAt = now - hour;
    const expiresAt = now + 7 * hour;
    const open = { ...past, id: "5b1c9d52-7a61-4a4e-9a55-1f1f5f1b6f03", createdAt, updatedAt: createdAt };
    const inside = { ...visit, id: "5b1c9d52-7a61-4a4e-9a55-1f1f5f1b6f04", grantId: open.id };
    return {
      ...empty,
      grants: [past, { ...open, expiresAt, sessionsEndBy: expiresAt, ended: null }],
      sessions: [visit, { ...inside, startedAt: now - 600_000, leavesAt: expiresAt, ended: null }],
    };
  };
