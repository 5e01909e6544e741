import type { Questions } from "./consent/createQuestions.ts";
import type { Watcher } from "./doors/createWatcher.ts";
import type { Acts } from "./grants/acts.ts";
import type { Ledger } from "./ledger/createLedger.ts";
import type { ConsolePorts } from "./ports.ts";
import type { Bell } from "./streams/bell.ts";
import type { Lookers } from "./streams/lookers.ts";
import type { Reach } from "./targets/reach.ts";
import type { Registry } from "./targets/registry.ts";

/** How long the console waits for people (milliseconds). */
export type Patience = {
  /** So long after nobody looks an opening is stopped: a page that is loaded again is back by then. */
  readonly mayBeBack: number;
};

/** What the use cases share: the ports, and what createHandlers built on them. */
export type World = {
  readonly ports: ConsolePorts;
  /** Rings when a target, its door or its sign-in changed. */
  readonly bell: Bell;
  /** Rings with every fact of an act under way, which is often, and only for those who look at that. */
  readonly actsBell: Bell;
  readonly registry: Registry;
  readonly reach: Reach;
  readonly ledger: Ledger;
  readonly questions: Questions;
  readonly acts: Acts;
  readonly watcher: (targetId: string) => Watcher;
  readonly lookers: Lookers;
  readonly patience: Patience;
  /** Aborted when the console closes. */
  readonly closing: AbortSignal;
};
