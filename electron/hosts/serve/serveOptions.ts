import { parseArgs } from "node:util";

export type ServeOptions = {
  readonly port: number;
  readonly tokenFile: string | null;
  readonly data: string | null;
  /** Null: opened where a display is. */
  readonly open: boolean | null;
  /** One JSON line on standard output when it is served, and nothing else. */
  readonly json: boolean;
};

/** What a line may say to the served console, by whatever name it is started. */
export const serveFlags = {
  port: { type: "string" },
  "token-file": { type: "string" },
  data: { type: "string" },
  open: { type: "boolean" },
  "no-open": { type: "boolean" },
} as const;

/** The same where it is a program of its own, whose first line a script can read. */
export const serveProgramFlags = { ...serveFlags, json: { type: "boolean" } } as const;

/** What a line may say to the served console, in words. */
export const serveFlagWords: readonly string[] = [
  "  --data DIR         where settings, ledger and practice state lie",
  "  --port N           the port of the served console; any free one unless given",
  "  --token-file FILE  its token, instead of a new one at each start",
  "  --open, --no-open  open a browser on it, or only print the address",
];

/** What `rsc serve --help` prints. */
export const serveUsage: readonly string[] = [
  "rsc serve: serve the console to a browser on this machine",
  "",
  ...serveFlagWords,
  "  --json             one JSON line when it is served, nothing else",
];

/** Reads the line. Throws with a sentence when it says what cannot be done. */
export function readServeOptions(words: readonly string[]): ServeOptions {
  const { values } = parseArgs({ args: [...words], options: serveProgramFlags, strict: true });
  return {
    port: readPort(values.port),
    tokenFile: values["token-file"] ?? null,
    data: values.data ?? null,
    open: values["no-open"] === true ? false : (values.open ?? null),
    json: values.json === true,
  };
}

function readPort(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new Error(`--port "${text}" is no port: give a number from 0 (any) to 65535.`);
  return port;
}
