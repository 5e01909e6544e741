import { contractVersion, ConsoleError } from "#contract";
import type { Contract, Handlers } from "#contract";
import type { Channel } from "./channel.ts";
import { createCallsUnderWay, tooMany } from "./callsUnderWay.ts";
import { callerFrameShape } from "./frames.ts";
import type { CallerFrame, ConsoleFrame } from "./frames.ts";
import { runOperation, servedOperations, unknownOperation } from "./operations.ts";

/** Where bugs are written whole; the log of the ports fits. */
export type ServeLog = {
  write(
    level: "info" | "warn" | "error",
    event: string,
    fields?: Readonly<Record<string, string | number | boolean | null>>,
    cause?: unknown,
  ): void;
};

export type Serving = {
  /** Resolves when every handler called so far has come to its end. */
  settled(): Promise<void>;
};

type Call = CallerFrame & { kind: "call" };

/**
 * Answers the calls that come over a channel. A handler's signal is aborted when its caller leaves and when the
 * channel closes. Only a ConsoleError crosses; anything else becomes "internal" and is logged whole.
 */
export function serve<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  channel: Channel,
  options: { readonly log: ServeLog; readonly version?: string },
): Serving {
  const version = options.version ?? contractVersion;
  const operations = servedOperations(contract, handlers);
  const running = createCallsUnderWay();
  const ends = new Set<Promise<void>>();
  let agreed = false;

  const answer = async (call: Call, signal: AbortSignal): Promise<void> => {
    const tell = (frame: ConsoleFrame): void => (signal.aborted ? undefined : channel.send(frame));
    try {
      if (!agreed)
        throw new ConsoleError("wrongVersion", "The page and the console are of different builds.");
      const served = operations.get(call.operation);
      if (served === undefined) throw unknownOperation(call.operation);
      const onItem = (value: unknown): Promise<void> | undefined => {
        tell({ kind: "item", id: call.id, value });
        return channel.room?.();
      };
      tell({ kind: "done", id: call.id, value: await runOperation(served, call.input, signal, onItem) });
    } catch (error) {
      if (!signal.aborted || error !== signal.reason) tell(failure(call, error, options.log));
    }
  };
  const start = (call: Call, urgent: boolean): void => {
    const controller = running.add(call.id, urgent);
    const end = answer(call, controller.signal).finally(() => {
      running.delete(call.id);
      ends.delete(end);
    });
    ends.add(end);
  };
  const startWithinBounds = (call: Call): void => {
    const urgent = operations.get(call.operation)?.operation.urgent ?? false;
    if (running.haveRoom(urgent)) start(call, urgent);
    else channel.send(failure(call, tooMany(urgent), options.log));
  };
  const take = (frame: CallerFrame): void => {
    switch (frame.kind) {
      case "hello":
        agreed = frame.version === version;
        return channel.send({ kind: "hello", id: 0, version });
      case "cancel":
        return running.abort(frame.id, new ConsoleError("cancelled", "The caller left."));
      case "call":
        if (running.has(frame.id)) return channel.close();
        return startWithinBounds(frame);
      default:
        return frame satisfies never;
    }
  };

  channel.onFrame((raw) => {
    const frame = callerFrameShape.safeParse(raw);
    if (frame.success) return take(frame.data);
    options.log.write("warn", "rpc.badFrame", {}, frame.error);
    channel.close();
  });
  channel.onClose(() => {
    running.abortAll(new ConsoleError("channelLost", "The page and the console lost each other."));
  });
  return { settled: async () => void (await Promise.all(ends)) };
}

function failure(call: Call, error: unknown, log: ServeLog): ConsoleFrame {
  if (error instanceof ConsoleError)
    return { kind: "fail", id: call.id, code: error.code, sentence: error.message, remedy: error.remedy };
  log.write("error", "rpc.internal", { operation: call.operation }, error);
  const sentence = `The console made a mistake of its own (${call.operation}). Its log has the details.`;
  return { kind: "fail", id: call.id, code: "internal", sentence, remedy: "none" };
}
