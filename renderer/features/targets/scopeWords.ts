import type { Scope } from "#contract";
import { utcWords } from "../../ui/timeWords.ts";

/** What is known of whether endpoints keep their grants together, by whom, and since when. */
export function scopeWords(scope: Scope): string {
  if (scope === null) return "not known";
  const since = utcWords(Date.parse(scope.at));
  return scope.by === "operator"
    ? `your word: ${scope.grants}, since ${since}`
    : `observed ${scope.grants} since ${since}`;
}

/** What that means where a door is called closed. */
export function scopeMeaning(scope: Scope): string {
  return scope?.grants === "shared"
    ? "Shared: a grant at one endpoint is a grant at all. One endpoint that is read speaks for all, so the door is called closed when one of them shows nothing in force."
    : `${scope === null ? "Not known" : "Separate"}: each endpoint may hold a grant of its own. The door is called closed only when every endpoint was read and shows nothing in force.`;
}
