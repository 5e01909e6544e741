import type { Grant, Session } from "#contract";
import type { GoodView } from "./endpointView.ts";
import { newestFirst } from "./mergeSessions.ts";

/** One grant is one grant, whichever endpoints show it. One that is in force anywhere is in force. */
export function mergeGrants(views: readonly GoodView[]): readonly Grant[] {
  const byKey = new Map<string, Grant>();
  for (const grant of views.flatMap(({ listed, past }) => [...listed, ...past])) {
    const known = byKey.get(grant.key);
    byKey.set(grant.key, known === undefined ? grant : together(known, grant));
  }
  return [...byKey.values()];
}

function together(one: Grant, other: Grant): Grant {
  const shownBy = [...new Set([...one.shownBy, ...other.shownBy])];
  if (one.active !== other.active) return { ...(one.active ? one : other), shownBy };
  const isNewer = (other.updatedAt ?? "") > (one.updatedAt ?? "");
  return { ...(isNewer ? other : one), shownBy };
}

/** One session is one session; where one endpoint says that it runs, it runs. */
export function mergeRuns(views: readonly GoodView[]): readonly Session[] {
  const byId = new Map<string, Session>();
  for (const session of views.flatMap(({ sessions }) => sessions)) {
    const known = byId.get(session.id);
    if (known === undefined) byId.set(session.id, session);
    else {
      const shownBy = [...new Set([...known.shownBy, ...session.shownBy])];
      byId.set(session.id, { ...(session.running ? session : known), shownBy });
    }
  }
  return newestFirst([...byId.values()]);
}
