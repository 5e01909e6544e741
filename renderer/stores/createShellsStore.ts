import type { ConsoleClient, EndedShells, Failure, OpenShell, ShellsReading } from "#contract";
import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { done, failed, idle, toFailure, wasLeft, waiting } from "./work.ts";
import type { Work } from "./work.ts";

/** What ending shells came to, over all endpoints that were asked. */
export type Ending = {
  readonly ended: readonly string[];
  readonly failures: readonly { readonly what: string; readonly failure: Failure }[];
};

export type ShellsState = {
  /** Of the dialog that is open. */
  readonly reading: Work<ShellsReading>;
  readonly ending: Work<Ending>;
  readonly read: (targetId: string, signal: AbortSignal) => Promise<void>;
  /** Ends these shells, then reads anew. `othersToo`: the operator's word to end what other clients use. */
  readonly end: (
    targetId: string,
    shells: readonly OpenShell[],
    othersToo: boolean,
    signal: AbortSignal,
  ) => Promise<void>;
  readonly forget: () => void;
};

/** The shells that hold a target's endpoints. */
export function createShellsStore(console: ConsoleClient): StoreApi<ShellsState> {
  return createStore<ShellsState>()((set, get) => ({
    reading: idle,
    ending: idle,
    read: async (targetId, signal) => {
      if (get().reading.phase !== "done") set({ reading: waiting });
      try {
        set({ reading: done(await console.targets.shells({ targetId }, { signal })) });
      } catch (cause) {
        if (!wasLeft(cause, signal)) set({ reading: failed(cause) });
      }
    },
    end: async (targetId, shells, othersToo, signal) => {
      if (get().ending.phase === "waiting") return;
      set({ ending: waiting });
      let sum: Ending = { ended: [], failures: [] };
      for (const [endpointName, shellIds] of byEndpoint(shells)) {
        try {
          const request = { targetId, endpointName, shellIds, othersToo };
          sum = together(sum, await console.targets.endShells(request, { signal }));
        } catch (cause) {
          if (wasLeft(cause, signal)) return;
          sum = { ...sum, failures: [...sum.failures, { what: endpointName, failure: toFailure(cause) }] };
        }
      }
      set({ ending: done(sum) });
      await get().read(targetId, signal);
    },
    forget: () => set({ reading: idle, ending: idle }),
  }));
}

function byEndpoint(shells: readonly OpenShell[]): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, readonly string[]>();
  for (const { endpoint, shellId } of shells) ids.set(endpoint, [...(ids.get(endpoint) ?? []), shellId]);
  return ids;
}

function together(sum: Ending, { ended, failures }: EndedShells): Ending {
  return {
    ended: [...sum.ended, ...ended],
    failures: [...sum.failures, ...failures.map(({ shellId, failure }) => ({ what: shellId, failure }))],
  };
}
