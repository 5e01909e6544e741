import type { Questions } from "./consent/createQuestions.ts";
import type { Watcher } from "./doors/createWatcher.ts";
import type { Acts } from "./grants/acts.ts";
import type { Ledger } from "./ledger/createLedger.ts";
import type { ConsolePorts } from "./ports.ts";
import type { Bell } from "./streams/bell.ts";
import type { Lookers } from "./streams/lookers.ts";
import type { Reach } from "./targets/reach.ts";
import type { Registry } from "./targets/registry.ts";

/** What the use cases share: the ports, and what createHandlers built on them. */
export type World = {
  readonly ports: ConsolePorts;
  readonly bell: Bell;
  readonly registry: Registry;
  readonly reach: Reach;
  readonly ledger: Ledger;
  readonly questions: Questions;
  readonly acts: Acts;
  readonly watcher: (targetId: string) => Watcher;
  readonly lookers: Lookers;
  /** Aborted when the console closes. */
  readonly closing: AbortSignal;
};
