import type { AssemblyLimits } from "./fragmentAssembler.ts";

const MIB = 1024 * 1024;

/** What a client takes of one server. */
export const clientLimits: AssemblyLimits = {
  objectBytes: 64 * MIB,
  allBytes: 128 * MIB,
  objectsUnderWay: 8,
};

export type ServerLimits = AssemblyLimits & {
  /** Bytes of all that comes for one command, fragment headers included. */
  readonly commandBytes: number;
};

/** What a Windows server takes of one client: 10 MiB an object, 50 MiB a command. */
export const serverLimits: ServerLimits = {
  commandBytes: 50 * MIB,
  objectBytes: 10 * MIB,
  allBytes: 128 * MIB,
  objectsUnderWay: 8,
};

/** The most bytes of one fragment from a server, header included: 32,747 of data. */
export const serverFragment = 32_768;

/** The most pipelines of one pool that are known at a time. */
export const mostPipelines = 1000;
