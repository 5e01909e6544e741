import { minorOf } from "../../protocol/psrp/capability.ts";
import type { Capability } from "../../protocol/psrp/capability.ts";
import { hasUserInterface } from "../../protocol/psrp/hostInfo.ts";
import type { HostInfo } from "../../protocol/psrp/hostInfo.ts";
import type { ServerPool } from "../../protocol/psrp/serverPool.ts";
import type { PipelineOutlet } from "./commandVoice.ts";
import type { RunningCommand } from "./runningCommand.ts";

/** The outlet of one pipeline into its pool; `look` is told whenever there is something to send. */
export function pipelineOutlet(
  pipeline: string,
  parts: {
    readonly pool: ServerPool;
    readonly host: HostInfo;
    readonly capability: () => Capability;
    readonly command: () => RunningCommand | undefined;
    readonly isRunning: () => boolean;
    readonly look: () => void;
  },
): PipelineOutlet {
  const { pool, host, isRunning, look } = parts;
  const speaking = (act: () => void): void => {
    if (!isRunning()) return;
    act();
    look();
  };
  return {
    hasInterface: hasUserInterface(host),
    hasScreen: hasUserInterface(host) && !host.isRawInterfaceNull,
    width: host.width ?? null,
    output: (value) => speaking(() => pool.output(pipeline, value)),
    error: (record) => speaking(() => pool.error(pipeline, record)),
    say: (kind, text) => speaking(() => pool.say(pipeline, kind, text)),
    // Before protocol 2.3 there is no such record (protocol 6.4).
    information: (record) => {
      if (minorOf(parts.capability()) >= 3) speaking(() => pool.information(pipeline, record));
    },
    progress: (record) => speaking(() => pool.progress(pipeline, record)),
    tellHost: (method, parameters) => speaking(() => void pool.hostCall(pipeline, method, parameters)),
    askHost: (method, parameters) => {
      const command = parts.command();
      if (command === undefined || !isRunning()) return Promise.reject(new Error("stopped"));
      const asked = command.ask(pool.hostCall(pipeline, method, parameters));
      look();
      return asked;
    },
  };
}
