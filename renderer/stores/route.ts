/** Where the page is. The address bar holds the same in its fragment, so back, forward and links work. */
export type Route =
  | { readonly screen: "overview" }
  | { readonly screen: "grant"; readonly targetId: string | null }
  | { readonly screen: "sessions"; readonly targetId: string | null }
  | { readonly screen: "transcript"; readonly targetId: string; readonly sessionId: string }
  | { readonly screen: "ledger" }
  | { readonly screen: "targets" }
  | { readonly screen: "target"; readonly targetId: string }
  | { readonly screen: "addTarget" }
  | { readonly screen: "settings" };

export type Screen = Route["screen"];

/** Reads `#/sessions/stamp-1`; anything not understood is the overview. */
export function parseRoute(hash: string): Route {
  const [, screen = "", ...rest] = hash.replace(/^#/, "").split("/");
  const [targetId, sessionId] = rest.map(decode);
  switch (screen) {
    case "grant":
    case "sessions":
      return { screen, targetId: targetId === undefined || targetId === "" ? null : targetId };
    case "transcript":
      return targetId !== undefined && sessionId !== undefined
        ? { screen, targetId, sessionId }
        : { screen: "overview" };
    case "ledger":
    case "settings":
      return { screen };
    case "targets":
      return targetId === "add" ? { screen: "addTarget" } : { screen };
    case "target":
      return targetId === undefined || targetId === "" ? { screen: "targets" } : { screen, targetId };
    default:
      return { screen: "overview" };
  }
}

/** The fragment of a route, with its `#`. */
export function routeHash(route: Route): string {
  switch (route.screen) {
    case "grant":
    case "sessions":
      return `#/${route.screen}${route.targetId === null ? "" : `/${encodeURIComponent(route.targetId)}`}`;
    case "transcript":
      return `#/transcript/${encodeURIComponent(route.targetId)}/${encodeURIComponent(route.sessionId)}`;
    case "target":
      return `#/target/${encodeURIComponent(route.targetId)}`;
    case "addTarget":
      return "#/targets/add";
    case "overview":
    case "ledger":
    case "targets":
    case "settings":
      return `#/${route.screen}`;
    default:
      return route satisfies never;
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
