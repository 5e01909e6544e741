import type { OpenShell } from "#contract";
import { UsageError } from "../exitCodes.ts";
import type { Options } from "../options.ts";

/** Which shells a line wants ended. */
export type Choice = { readonly othersToo: boolean } & (
  | { readonly kind: "named"; readonly shellIds: readonly string[] }
  | { readonly kind: "left" }
);

/** Null for a line that only looks. Throws UsageError. */
export function choiceOf(options: Options): Choice | null {
  const named = options.end;
  const left = options["end-left"] === true;
  const othersToo = options["others-too"] === true;
  if (named !== undefined && left) throw new UsageError("Give either --end ID or --end-left, not both.");
  if (named?.some((id) => id === "") === true) throw new UsageError("--end needs the ID of a shell.");
  if (named !== undefined) return { kind: "named", shellIds: named, othersToo };
  if (left) return { kind: "left", othersToo };
  if (othersToo)
    throw new UsageError("--others-too says which shells --end or --end-left may end; give one.");
  return null;
}

/**
 * The shells of a choice. Those that were left are a console's that runs no more and, on the explicit word, those of
 * other clients that nobody is connected to. Throws UsageError where that word is missing for one that was named.
 */
export function chosenShells(there: readonly OpenShell[], choice: Choice): readonly OpenShell[] {
  if (choice.kind === "left") return there.filter((shell) => isLeft(shell, choice.othersToo));
  const chosen = there.filter(({ shellId }) => choice.shellIds.includes(shellId));
  const others = chosen.filter(({ origin }) => origin === "otherClient");
  if (others.length === 0 || choice.othersToo) return chosen;
  throw new UsageError(
    `${others.map(({ shellId }) => shellId).join(", ")}: begun by another client, which may be at work there. Nothing was ended; --others-too ends it all the same.`,
  );
}

const isLeft = ({ origin, state }: OpenShell, othersToo: boolean): boolean =>
  origin === "leftByConsole" || (othersToo && origin === "otherClient" && state === "Disconnected");
