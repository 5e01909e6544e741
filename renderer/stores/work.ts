import { ConsoleError } from "#contract";
import type { Failure } from "#contract";

/** Something asked for, in the phase it is in: every screen can draw waiting, failed and done. */
export type Work<T> =
  | { readonly phase: "idle" }
  | { readonly phase: "waiting" }
  | { readonly phase: "failed"; readonly failure: Failure }
  | { readonly phase: "done"; readonly value: T };

/** Resolves after the milliseconds or when the signal is aborted, whichever is first. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export const idle = { phase: "idle" } as const;
export const waiting = { phase: "waiting" } as const;

export function done<T>(value: T): Work<T> {
  return { phase: "done", value };
}

export function failed(cause: unknown): { readonly phase: "failed"; readonly failure: Failure } {
  return { phase: "failed", failure: toFailure(cause) };
}

/** What was thrown, as data a screen can show. */
export function toFailure(cause: unknown): Failure {
  if (cause instanceof ConsoleError) {
    return { code: cause.code, sentence: cause.message, remedy: cause.remedy };
  }
  const what = cause instanceof Error ? cause.message : String(cause);
  return { code: "internal", sentence: `The page met a fault of its own: ${what}`, remedy: "none" };
}

/** True when the caller left by itself: nothing to tell anybody. */
export function wasLeft(cause: unknown, signal: AbortSignal): boolean {
  return signal.aborted || (cause instanceof ConsoleError && cause.code === "cancelled");
}
