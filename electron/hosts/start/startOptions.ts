import { parseArgs } from "node:util";
import { readServeOptions, serveFlags, serveFlagWords } from "../serve/serveOptions.ts";
import type { ServeOptions } from "../serve/serveOptions.ts";

export type StartOptions = {
  readonly asked: "serve" | "desktop" | null;
  readonly buildOnly: boolean;
  readonly serve: ServeOptions;
};

const ownFlags = {
  serve: { type: "boolean" },
  desktop: { type: "boolean" },
  "build-only": { type: "boolean" },
} as const;

/** Reads the line of `npm start`. Throws with a sentence when it says what cannot be done. */
export function readStartOptions(words: readonly string[]): StartOptions {
  const { values } = parseArgs({ args: [...words], options: { ...serveFlags, ...ownFlags }, strict: true });
  if (values.serve === true && values.desktop === true)
    throw new Error("Give --serve or --desktop, not both.");
  const own = new Set(Object.keys(ownFlags).map((name) => `--${name}`));
  return {
    asked: values.serve === true ? "serve" : values.desktop === true ? "desktop" : null,
    buildOnly: values["build-only"] === true,
    serve: readServeOptions(words.filter((word) => !own.has(word))),
  };
}

/** What `npm start -- --help` prints. */
export const startUsage: readonly string[] = [
  "npm start -- [options]",
  "",
  "  --serve            serve the console to a browser of this machine, also where a window could be opened",
  "  --desktop          open the desktop window, or fail with the reason",
  ...serveFlagWords,
  "  --build-only       build, and open nothing",
];
