import type { z } from "zod";

/* The generic lines of this file are the one place where `any` is allowed: they match every operation. */

type Shape = z.ZodType;

/** Asked once, answered once. */
export type Request<I extends Shape = any, O extends Shape = any> = {
  readonly kind: "request";
  readonly input: I;
  readonly output: O;
};

/** Asked once, answered with snapshots until the caller leaves or the work is done. */
export type Stream<I extends Shape = any, O extends Shape = any> = {
  readonly kind: "stream";
  readonly input: I;
  readonly output: O;
};

export type Operation = Request | Stream;

/** A contract is areas of operations: `consoleContract.sessions.watch`, dotted on the wire. */
export type Contract = { readonly [area: string]: { readonly [verb: string]: Operation } };

export function request<I extends Shape, O extends Shape>(shapes: { input: I; output: O }): Request<I, O> {
  return { kind: "request", ...shapes };
}

export function stream<I extends Shape, O extends Shape>(shapes: { input: I; output: O }): Stream<I, O> {
  return { kind: "stream", ...shapes };
}

type CallOptions = { readonly signal?: AbortSignal | undefined };

type ClientCall<T extends Operation> = T extends {
  kind: "request";
  input: infer I extends Shape;
  output: infer O extends Shape;
}
  ? (input: z.input<I>, options?: CallOptions) => Promise<z.output<O>>
  : T extends { kind: "stream"; input: infer I extends Shape; output: infer O extends Shape }
    ? (input: z.input<I>, options?: CallOptions) => AsyncIterableIterator<z.output<O>>
    : never;

type Handler<T extends Operation> = T extends {
  kind: "request";
  input: infer I extends Shape;
  output: infer O extends Shape;
}
  ? (input: z.output<I>, signal: AbortSignal) => Promise<z.input<O>>
  : T extends { kind: "stream"; input: infer I extends Shape; output: infer O extends Shape }
    ? (input: z.output<I>, signal: AbortSignal) => AsyncIterable<z.input<O>>
    : never;

/** What a caller of the contract holds. */
export type Client<C extends Contract> = {
  readonly [A in keyof C]: { readonly [V in keyof C[A]]: ClientCall<C[A][V]> };
};

/** What must stand behind the contract: a missing or misspelt handler does not compile. */
export type Handlers<C extends Contract> = {
  readonly [A in keyof C]: { readonly [V in keyof C[A]]: Handler<C[A][V]> };
};
