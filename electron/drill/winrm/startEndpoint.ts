import { randomBytes, randomUUID } from "node:crypto";
import { readRequest } from "../../protocol/wsman/readRequest.ts";
import type { WsmanServerRequest } from "../../protocol/wsman/serverRequest.ts";
import { faultOf } from "../../protocol/wsman/faultTable.ts";
import { asksForIdentity, writeIdentity } from "../../protocol/wsman/identity.ts";
import { writeFault, writeResponse } from "../../protocol/wsman/writeAnswer.ts";
import { listenWinrm } from "../../transport/listenWinrm.ts";
import { nodeChance } from "../../transport/nodeDigests.ts";
import type {
  WinrmListenerOptions,
  WinrmServerReply,
  WinrmServerRequest,
} from "../../transport/winrmListener.ts";
import type { EndpointClock, EndpointOptions, RunningEndpoint } from "./endpointOptions.ts";
import { usualPrivateData } from "./privateData.ts";
import { ShellHost } from "./shellHost.ts";
import { insteadOfActing, spoiled, Troubles } from "./trouble.ts";

/** Names of commands that are kept for who asks. */
const mostRemembered = 10_000;
const usualQuotas = { shellsPerUser: 5, commandsPerShell: 1_000 };

/** Starts one privileged endpoint on a port and resolves when it listens; rejects when the port is taken. */
export async function startEndpoint(options: EndpointOptions): Promise<RunningEndpoint> {
  const clock = options.clock ?? nodeClock;
  const newId = options.newId ?? randomUUID;
  const quotas = { ...usualQuotas, ...options.quotas };
  const commandsRun: string[] = [];
  const troubles = new Troubles();
  const delays = new Set<{ readonly cancel: () => void }>();
  const host = new ShellHost({
    endpoint: options.name,
    configuration: options.configuration,
    commands: options.commands,
    switches: options.switches ?? (() => ({ lines: "both" })),
    privateData: (version) => options.privateData ?? usualPrivateData(version),
    randomBytes: options.randomBytes ?? randomBytes,
    clock,
    today: options.today ?? (() => new Date()),
    quotas,
    commandsPerShell: quotas.commandsPerShell,
    onRun: (name) => {
      commandsRun.push(name);
      if (commandsRun.length > mostRemembered) commandsRun.shift();
    },
    newId,
  });
  const listener = await (options.listen ?? listenWinrm)({
    host: options.host,
    port: options.port,
    accounts: options.accounts,
    computerName: options.computerName,
    domainName: options.domainName,
    ...(options.tls === undefined ? {} : { tls: options.tls }),
    ...(options.schemes === undefined ? {} : { schemes: options.schemes }),
    onUnauthenticated: (envelope) => (asksForIdentity(envelope) ? writeIdentity(identityOf("0.0.0")) : null),
    ...aheadOf(options),
    onRequest: (request) => serve(request, { host, troubles, newId, pause: pauseWith(clock, delays) }),
  });
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    host.close();
    for (const delay of delays) delay.cancel();
    closing ??= listener.close();
    return closing;
  };
  return {
    name: options.name,
    port: listener.port,
    counts: listener.counts,
    order: (trouble) => troubles.order(trouble),
    behave: () => troubles.clear(),
    shells: () =>
      host.shells.map((shell) => {
        const { shellId, owner } = shell.facts;
        return { shellId, owner, state: shell.state, running: shell.running };
      }),
    commandsRun,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Chance and date of the listener, by the endpoint's own clock. */
function aheadOf({
  chance = nodeChance,
  aheadMs,
}: EndpointOptions): Pick<WinrmListenerOptions, "chance" | "today"> {
  if (aheadMs === undefined) return { chance };
  return {
    chance: { ...chance, now: () => chance.now() + BigInt(aheadMs()) * 10_000n },
    today: () => new Date(Date.now() + aheadMs()),
  };
}

type Serving = {
  readonly host: ShellHost;
  readonly troubles: Troubles;
  readonly newId: () => string;
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
};

async function serve(from: WinrmServerRequest, serving: Serving): Promise<WinrmServerReply> {
  if (asksForIdentity(from.envelope))
    return { kind: "envelope", status: 200, envelope: writeIdentity(identityOf("10.0.14393")) };
  const request = readRequest(from.envelope);
  const trouble = serving.troubles.next(request.type === "request" ? request.body.type : null);
  if (trouble?.type === "slow") await serving.pause(trouble.milliseconds, from.signal);
  const instead = trouble === null ? null : insteadOfActing(trouble);
  if (instead !== null) return instead;
  if (trouble?.type === "fault")
    return { kind: "envelope", ...faultReply(request, faultOf(trouble.code), serving.newId) };
  return spoiled(await reply(request, from, serving), trouble);
}

async function reply(
  request: WsmanServerRequest,
  from: WinrmServerRequest,
  { host, newId }: Serving,
): Promise<{ readonly status: number; readonly envelope: string }> {
  if (request.type === "refused") return faultReply(request, request.fault, newId);
  const answer = await host.handle(request.headers, request.body, from);
  if (answer.kind === "fault") return faultReply(request, answer.fault, newId);
  return { status: 200, envelope: writeResponse(request.headers, answer.body, newId) };
}

function faultReply(
  request: WsmanServerRequest,
  fault: Parameters<typeof writeFault>[1],
  newId: () => string,
): { readonly status: number; readonly envelope: string } {
  const related = request.type === "request" ? request.headers : { messageId: request.messageId };
  return { status: 500, envelope: writeFault(related, fault, newId) };
}

/** Who has not signed in is not told which system this is, as with Windows. */
const identityOf = (system: string): Parameters<typeof writeIdentity>[0] => ({
  vendor: "Practice stamp",
  version: `OS: ${system} SP: 0.0 Stack: 3.0`,
});

const nodeClock: EndpointClock = {
  now: () => performance.now(),
  after: (milliseconds, act) => {
    // Node fires at once for delays that do not fit 31 bits.
    const timer = setTimeout(act, Math.min(milliseconds, 2 ** 31 - 1));
    return { cancel: () => clearTimeout(timer) };
  },
};

/** A pause that ends early when the client leaves or the endpoint closes. */
function pauseWith(
  clock: EndpointClock,
  delays: Set<{ readonly cancel: () => void }>,
): (milliseconds: number, signal: AbortSignal) => Promise<void> {
  return (milliseconds, signal) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = clock.after(milliseconds, () => delay.cancel());
    const delay = {
      cancel: () => {
        timer.cancel();
        delays.delete(delay);
        signal.removeEventListener("abort", delay.cancel);
        resolve();
      },
    };
    delays.add(delay);
    signal.addEventListener("abort", delay.cancel, { once: true });
    return promise;
  };
}
