import type { ConsoleHandlers } from "#contract";
import type { ConsolePorts } from "./ports.ts";

/** The use cases behind the contract, and how they end. */
export type Handling = {
  readonly handlers: ConsoleHandlers;
  /** Stops every watcher and act, waits for what must still be recorded, forgets credentials. Never throws. */
  close(): Promise<void>;
};

/** The whole console behind its contract, hostless: everything it touches comes in as a port. */
export declare function createHandlers(ports: ConsolePorts): Handling;
