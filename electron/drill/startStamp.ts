import { createStampCommands } from "./commands/stampCommands.ts";
import { stampWithHistory } from "./model/history.ts";
import { createStampModel } from "./model/stampModel.ts";
import type { StampModel } from "./model/stampModel.ts";
import type { Instance, StampState } from "./model/stampState.ts";
import { endpointNames, stampDomain } from "./model/stampNames.ts";
import { openEndpointPlace, sumOfCounts } from "./endpointPlace.ts";
import type { EndpointPlace } from "./endpointPlace.ts";
import type { EndpointOptions, RunningEndpoint } from "./winrm/endpointOptions.ts";
import { openStateFile } from "./stateFile.ts";
import type { StateFile } from "./stateFile.ts";
import { stampTls } from "./stampTls.ts";
import type { StampTls } from "./stampTls.ts";
import { defaultSwitches } from "./stampSwitches.ts";
import type { StampSwitches } from "./stampSwitches.ts";
import { stampConfiguration, usualSpeed } from "./runningStamp.ts";
import type { RunningStamp, StampAccount, StampOptions } from "./runningStamp.ts";
import type { ServerAccount } from "../transport/winrmListener.ts";
import { startEndpoint } from "./winrm/startEndpoint.ts";

const host = "127.0.0.1";

type Place = EndpointPlace<RunningEndpoint>;

/**
 * Starts the practice stamp: three endpoints on loopback over one shared state. Rejects when a port is taken, the
 * state folder cannot be used or the signal is aborted; nothing is left running then.
 */
export async function startStamp(options: StampOptions): Promise<RunningStamp> {
  options.signal?.throwIfAborted();
  const tls = await stampTls(options);
  let switches: StampSwitches = { ...defaultSwitches, ...options.switches };
  const aheadMs = (): number => switches.clockAheadMinutes * 60_000;
  const deviceTime = (): Date => new Date((options.now?.() ?? new Date()).getTime() + aheadMs());
  const model = openModel(options, deviceTime, () => switches);
  let started: readonly Place[] = [];
  const stop = stopOnce(() => started, model);
  const restartEndpoint = (instance: Instance): void => void restart(started[instance], stop.isStopping);
  const commands = createStampCommands({ model, switches: () => switches, restartEndpoint });
  const clock = { today: deviceTime, aheadMs };
  started = await startAll(options, tls, clock, () => switches, commands);
  options.signal?.addEventListener("abort", () => void stop(), { once: true });
  if (options.signal?.aborted === true) await stop();
  options.signal?.throwIfAborted();
  return {
    name: "Practice stamp",
    account: options.account,
    configuration: stampConfiguration,
    transport: tls === null ? "http" : "https",
    certificateSha256: tls?.sha256 ?? null,
    endpoints: [described(started, 0), described(started, 1), described(started, 2)],
    model,
    switches: () => switches,
    changeSwitches(change) {
      switches = { ...switches, ...change };
    },
    counts: (endpoint) =>
      sumOfCounts(
        (endpoint === undefined ? started : started.slice(endpoint, endpoint + 1)).map((one) => one.counts()),
      ),
    endpoint: (endpoint) => started[endpoint]?.current() ?? null,
    takeDown: async (endpoint) => started[endpoint]?.takeDown(),
    bringUp: async (endpoint) => started[endpoint]?.bringUp(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** The kept state, or a new one with three months of history; every change is written before it is answered. */
function openModel(options: StampOptions, now: () => Date, switches: () => StampSwitches): StampModel {
  const file = options.stateFolder === null ? null : openStateFile(options.stateFolder, damaged(options));
  const initial = begun(file, () => stampWithHistory(options.seed, now().getTime()));
  return createStampModel({
    initial,
    now,
    speed: options.speed ?? usualSpeed,
    switches,
    // A second program on the same folder (a command line beside the window) shares the stamp through the file.
    refresh: () => file?.readIfReplaced() ?? null,
    alone: (act) => (file === null ? act() : file.alone(act)),
    onChange: (state) => file?.write(state),
  });
}

function begun(file: StateFile | null, first: () => StampState): StampState {
  if (file === null) return first();
  return file.alone(() => {
    const state = file.read() ?? first();
    file.write(state);
    return state;
  });
}

function damaged(options: StampOptions): NonNullable<StampOptions["onDamagedState"]> {
  return options.onDamagedState ?? (() => undefined);
}

async function startAll(
  options: StampOptions,
  tls: StampTls | null,
  clock: Required<Pick<EndpointOptions, "today" | "aheadMs">>,
  switches: () => StampSwitches,
  commands: ReturnType<typeof createStampCommands>,
): Promise<readonly Place[]> {
  const start = (name: string) => (port: number) =>
    startEndpoint({
      name,
      host,
      port,
      accounts: [options, ...(options.others ?? [])].map(serverAccount),
      computerName: name,
      domainName: stampDomain,
      configuration: stampConfiguration,
      ...(tls === null ? {} : { tls }),
      commands,
      switches,
      ...clock,
    });
  const settled = await Promise.allSettled(
    endpointNames.map((name, index) => openEndpointPlace(start(name), options.ports[index] ?? 0)),
  );
  const started = settled.filter((one) => one.status === "fulfilled").map((one) => one.value);
  const failure = settled.find((one) => one.status === "rejected");
  if (failure === undefined) return started;
  await Promise.all(started.map((endpoint) => endpoint.takeDown()));
  throw failure.reason;
}

function serverAccount({ account, revealPassword }: StampAccount): ServerAccount {
  const at = account.indexOf("\\");
  return at < 0
    ? { domain: stampDomain, user: account, revealPassword }
    : { domain: account.slice(0, at), user: account.slice(at + 1), revealPassword };
}

function described(started: readonly Place[], index: 0 | 1 | 2): RunningStamp["endpoints"][0] {
  return { name: endpointNames[index], host, port: started[index]?.port ?? 0 };
}

/** What WinRM does when it restarts. Whoever stopped the stamp meanwhile finds the endpoint down, as he left it. */
async function restart(place: Place | undefined, isStopping: () => boolean): Promise<void> {
  await place?.takeDown();
  // A port that somebody took in between leaves the endpoint down: one more thing that can be rehearsed.
  if (!isStopping()) await place?.bringUp().catch(() => undefined);
}

function stopOnce(
  started: () => readonly Place[],
  model: StampModel,
): (() => Promise<void>) & { readonly isStopping: () => boolean } {
  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    stopping ??= Promise.all(started().map((endpoint) => endpoint.takeDown())).then(() => void model.state());
    return stopping;
  };
  return Object.assign(stop, { isStopping: () => stopping !== null });
}
