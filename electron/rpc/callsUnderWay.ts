import { ConsoleError } from "#contract";

/**
 * How many ordinary calls one caller may have under way. An overview holds two or three streams a target open, so that
 * 500 targets make up to 1,500; the rest of a page has some twenty. More is a fault, or no page of ours.
 */
const mostOrdinary = 2_000;

/**
 * Of urgent calls: shutting a door is never refused because much is under way. One call a target is usual, so that this
 * is reached only by a loop that never ends, which would otherwise take the console's memory and all doors with it.
 */
const mostUrgent = 20_000;

/** The calls of one caller that have not come to their end. */
export type CallsUnderWay = {
  has(id: number): boolean;
  /** Urgent and ordinary calls are counted apart: neither takes the other's room. */
  haveRoom(urgent: boolean): boolean;
  add(id: number, urgent: boolean): AbortController;
  delete(id: number): void;
  abort(id: number, reason: ConsoleError): void;
  abortAll(reason: ConsoleError): void;
};

/** None at first. */
export function createCallsUnderWay(): CallsUnderWay {
  const ordinary = new Map<number, AbortController>();
  const urgent = new Map<number, AbortController>();
  const kind = (isUrgent: boolean) => (isUrgent ? urgent : ordinary);
  return {
    has: (id) => ordinary.has(id) || urgent.has(id),
    haveRoom: (isUrgent) => kind(isUrgent).size < most(isUrgent),
    add: (id, isUrgent) => {
      const controller = new AbortController();
      kind(isUrgent).set(id, controller);
      return controller;
    },
    delete: (id) => void (ordinary.delete(id) || urgent.delete(id)),
    abort: (id, reason) => (ordinary.get(id) ?? urgent.get(id))?.abort(reason),
    abortAll: (reason) => {
      for (const controller of [...ordinary.values(), ...urgent.values()]) controller.abort(reason);
    },
  };
}

/** The refusal of one call more. */
export function tooMany(urgent: boolean): ConsoleError {
  return new ConsoleError("quota", `More than ${most(urgent)} calls are under way. Wait for their ends.`);
}

function most(urgent: boolean): number {
  return urgent ? mostUrgent : mostOrdinary;
}
