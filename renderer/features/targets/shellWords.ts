import type { OpenShell } from "#contract";
import { durationWords } from "../../ui/timeWords.ts";

const origins: Readonly<Record<OpenShell["origin"], string>> = {
  thisConsole: "This console",
  leftByConsole: "Left by a console that runs no more",
  otherClient: "Another client",
};

/** Who began a shell. */
export function originWords(origin: OpenShell["origin"]): string {
  return origins[origin];
}

/** A span as an endpoint tells of it. */
export function secondsWords(seconds: number | null): string {
  return seconds === null ? "not told" : durationWords(seconds * 1_000);
}

/** The shells that nobody uses any more. */
export function leftShells(shells: readonly OpenShell[]): readonly OpenShell[] {
  return shells.filter(({ origin }) => origin === "leftByConsole");
}

/** `1 shell`, `3 shells`. */
export function shellCount(count: number): string {
  return `${count} ${count === 1 ? "shell" : "shells"}`;
}
