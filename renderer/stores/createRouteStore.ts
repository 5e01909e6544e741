import { createStore } from "zustand";
import type { StoreApi } from "zustand";
import { parseRoute, routeHash } from "./route.ts";
import type { Route } from "./route.ts";

export type RouteState = {
  readonly route: Route;
  /** The target the operator last looked at: what a screen without a target in its address shows. */
  readonly chosenTargetId: string | null;
  readonly go: (route: Route) => void;
  readonly choose: (targetId: string) => void;
};

type Surroundings = Pick<Window, "location" | "addEventListener">;

export function createRouteStore(page: Surroundings): StoreApi<RouteState> {
  const store = createStore<RouteState>()((set) => {
    const route = parseRoute(page.location.hash);
    return {
      route,
      chosenTargetId: targetOf(route),
      go: (next) => {
        page.location.hash = routeHash(next);
      },
      choose: (chosenTargetId) => set({ chosenTargetId }),
    };
  });
  page.addEventListener("hashchange", () => {
    const route = parseRoute(page.location.hash);
    store.setState((before) => ({ route, chosenTargetId: targetOf(route) ?? before.chosenTargetId }));
  });
  return store;
}

function targetOf(route: Route): string | null {
  return "targetId" in route ? route.targetId : null;
}
