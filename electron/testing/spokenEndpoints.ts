import { setImmediate } from "node:timers/promises";
import { arrayList, psObject } from "../protocol/clixml/build.ts";
import { integerOf } from "../protocol/clixml/look.ts";
import type { ClixmlValue } from "../protocol/clixml/value.ts";
import { hostMethods } from "../protocol/psrp/hostMethods.ts";
import { writeHostLine } from "../protocol/psrp/records.ts";
import { Conversation } from "../pep/conversation.ts";
import { endpointUrl } from "../pep/endpointPlace.ts";
import { WinrmPool } from "../pep/wire/winrmPool.ts";
import type { StampCommand } from "../drill/stampCommand.ts";
import { startEndpoint } from "../drill/winrm/startEndpoint.ts";
import { Secret } from "../services/secret.ts";
import { openConnection } from "../transport/openConnection.ts";
import type { OpenConnection } from "../transport/winrmConnection.ts";
import { MemoryEndpoint } from "./memoryEndpoint.ts";
import { stillClock } from "./stillClock.ts";
import type { StillClock } from "./stillClock.ts";

/** What a command of a test may do, at either kind of endpoint. */
export type Speaker = {
  say(line: string): void;
  /** The index that the client chose of Yes and No. */
  ask(): Promise<number>;
  /** By the still clock of the endpoint. */
  rest(milliseconds: number): Promise<void>;
  /** Lets what was said so far go out. */
  breathe(): Promise<void>;
  /** Aborted when the command is stopped. */
  readonly signal: AbortSignal;
};

export type Script = (speaker: Speaker) => Promise<readonly ClixmlValue[]>;

/** An endpoint with the commands of a test, and a conversation with it; one still clock for both ends. */
export type Spoken = AsyncDisposable & {
  readonly clock: StillClock;
  readonly conversation: Conversation;
  /** A pool of its own, not opened. */
  newPool(): WinrmPool;
  /** Lets a minute pass: a Receive that waits is told that there was nothing to say. */
  aMinute(): Promise<void>;
  /** The next Disconnect gets that fault. */
  refuseDisconnect(code: number): void;
  /** Requests that arrived. */
  requests(): number;
  /** Connections that were opened. */
  connections(): number;
  /** Ids of the shells that are there. */
  shells(): readonly string[];
};

export type SpokenEndpoint = (scripts: Readonly<Record<string, Script>>) => Promise<Spoken>;

const password = "Practice-horse-9";
const configuration = "PrivilegedEndpoint";
const choices = ["&Yes", "&No"];

/** An endpoint in memory, without sockets. */
export const inMemory = async (
  scripts: Readonly<Record<string, Script>>,
): Promise<Spoken & { readonly memory: MemoryEndpoint }> => {
  const clock = stillClock();
  const endpoint = new MemoryEndpoint(clock);
  for (const [name, script] of Object.entries(scripts))
    endpoint.commands.set(name, (voice) =>
      script({
        signal: voice.signal,
        rest: (milliseconds) => clock.sleep(milliseconds, voice.signal),
        breathe: () => setImmediate(),
        say: (line) => {
          if (voice.signal.aborted) return;
          voice.pool.information(voice.pipeline, writeHostLine(line, "2026-11-21T03:10:00Z"));
          endpoint.wake();
        },
        ask: async () => {
          const shown = choices.map(
            (label): ClixmlValue => psObject({ extended: { label, helpMessage: "" } }),
          );
          const asked = ["the terms", "Proceed?", arrayList(shown), 0];
          return integerOf(await voice.call(hostMethods.promptForChoice, asked)) ?? -1;
        },
      }),
    );
  const requests = (): number => endpoint.requests.length;
  const shells = (): readonly string[] => [...endpoint.shells.keys()];
  const connections = (): number => endpoint.connections;
  const on = spoken(clock, 5985, endpoint.connect, {
    refuseDisconnect: (code) => {
      endpoint.mishap = (action) => (action === "Disconnect" ? code : null);
    },
    requests,
    connections,
    shells,
    close: () => Promise.resolve(),
  });
  return { ...on, memory: endpoint };
};

/** The endpoint of the practice stamp over sealed NTLM on loopback. */
export const overSockets: SpokenEndpoint = async (scripts) => {
  const clock = stillClock();
  const endpoint = await startEndpoint({
    name: "AZS-ERCS01",
    host: "127.0.0.1",
    port: 0,
    accounts: [{ domain: "AZS", user: "cloudadmin", revealPassword: () => password }],
    computerName: "AZS-ERCS01",
    domainName: "AZS",
    configuration,
    commands: () => Object.entries(scripts).map(([name, script]) => stampCommand(name, script, clock)),
    clock: {
      now: () => clock.monotonic(),
      after: (milliseconds, act) => {
        const cancelled = new AbortController();
        clock.sleep(milliseconds, cancelled.signal).then(act, () => undefined);
        return { cancel: () => cancelled.abort() };
      },
    },
  });
  const requests = (): number => endpoint.counts.envelopes;
  const connections = (): number => endpoint.counts.connections;
  const shells = (): readonly string[] => endpoint.shells().map(({ shellId }) => shellId);
  return spoken(clock, endpoint.port, openConnection, {
    refuseDisconnect: (code) => endpoint.order({ kind: { type: "fault", code }, on: "disconnect", times: 1 }),
    requests,
    connections,
    shells,
    close: () => endpoint.close(),
  });
};

const stampCommand = (name: string, script: Script, clock: StillClock): StampCommand => ({
  name,
  kind: "Function",
  module: "Practice",
  parameters: [],
  async *run({ voice, signal }) {
    yield* await script({
      signal,
      rest: (milliseconds) => clock.sleep(milliseconds, signal),
      breathe: () => setImmediate(),
      say: (line) => voice.information(line),
      ask: () =>
        voice.choose(
          "the terms",
          "Proceed?",
          choices.map((label) => ({ label, help: "" })),
          0,
        ),
    });
  },
});

function spoken(
  clock: StillClock,
  port: number,
  connect: OpenConnection,
  server: Pick<Spoken, "refuseDisconnect" | "requests" | "connections" | "shells"> & {
    readonly close: () => Promise<void>;
  },
): Spoken {
  const address = { name: "AZS-ERCS01", host: "127.0.0.1", port, transport: "http", configuration } as const;
  const account = "AZS\\cloudadmin";
  const newPool = (): WinrmPool =>
    new WinrmPool({
      to: endpointUrl(address),
      configuration,
      connect: (signal) => connect(address, { account, revealPassword: () => password }, { signal }),
      clock,
      newId: () => crypto.randomUUID(),
    });
  const conversation = new Conversation(
    address,
    { account, password: new Secret(password) },
    { clock, newPool },
  );
  return {
    clock,
    conversation,
    newPool,
    aMinute: () => clock.advance(60_000),
    refuseDisconnect: server.refuseDisconnect,
    requests: server.requests,
    connections: server.connections,
    shells: server.shells,
    [Symbol.asyncDispose]: async () => {
      await conversation.close();
      await server.close();
    },
  };
}
