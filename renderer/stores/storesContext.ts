import { createContext, use } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand";
import type { States, Stores } from "./createStores.ts";

export const StoresContext = createContext<Stores | null>(null);

/** What one store holds, as a screen wants it: `useFrom("targets", (state) => state.overviews)`. */
export function useFrom<N extends keyof States, T>(name: N, select: (state: States[N]) => T): T {
  const stores = use(StoresContext);
  if (stores === null) throw new Error("no stores above this component");
  const store: StoreApi<States[N]> = stores[name];
  return useStore(store, select);
}
