import { randomBytes } from "node:crypto";
import { ConsoleError } from "#contract";
import { startStamp } from "../drill/startStamp.ts";
import type { RunningStamp, StampOptions } from "../drill/runningStamp.ts";
import type { Log, Practice, PracticeStamp } from "../services/ports.ts";
import { Secret } from "../services/secret.ts";

export type HeldPractice = Practice & {
  /** Stops the stamp when it was started. */
  stop(): Promise<void>;
};

const account = "AZS\\cloudadmin";

/** Gives the first history its chance; later starts go on from the kept state. */
const seed = 20_230_727;

/**
 * The practice stamp of a host: started when it is first asked for, on free ports of this machine, with a password
 * that only this process knows. Its state is kept in `folder`.
 */
export function holdPractice(folder: string, log: Log): HeldPractice {
  let running: Promise<{ readonly stamp: RunningStamp; readonly facts: PracticeStamp }> | null = null;
  const begin = async () => {
    const password = new Secret(randomBytes(24).toString("base64url"));
    const stamp = await started({
      ports: [0, 0, 0],
      account,
      revealPassword: () => password.reveal(),
      stateFolder: folder,
      seed,
      onDamagedState: ({ setAsideAs, because }) =>
        log.write("warn", "practice.damagedState", { setAsideAs, because }),
    });
    return { stamp, facts: factsOf(stamp, password) };
  };
  return {
    start: async (signal) => {
      signal.throwIfAborted();
      running ??= begin().catch((error: unknown) => {
        running = null;
        throw error;
      });
      return (await running).facts;
    },
    stop: async () => {
      const started = await running?.catch(() => null);
      await started?.stamp.stop();
    },
  };
}

/** What keeps it from starting (a folder that takes nothing, above all) is said to the person in its own words. */
const started = (options: StampOptions): Promise<RunningStamp> =>
  startStamp(options).catch((cause: unknown) => {
    const because = cause instanceof Error ? cause.message : String(cause);
    throw new ConsoleError("refused", because, { cause, remedy: "retry" });
  });

function factsOf(stamp: RunningStamp, password: Secret): PracticeStamp {
  const { name, configuration, endpoints } = stamp;
  return { name, account: stamp.account, password, configuration, endpoints };
}
