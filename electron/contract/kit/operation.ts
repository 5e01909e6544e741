import type { z } from "zod";

/* The generic lines of this file are the one place where `any` is allowed: they match every operation. */

type Shape = z.ZodType;

type Described<I extends Shape, O extends Shape> = {
  readonly input: I;
  readonly output: O;
  /** What shuts a door or answers for it: never refused because much else is under way. */
  readonly urgent: boolean;
};

/** Asked once, answered once. */
export type Request<I extends Shape = any, O extends Shape = any> = { readonly kind: "request" } & Described<
  I,
  O
>;

/** Asked once, answered with snapshots until the caller leaves or the work is done. */
export type Stream<I extends Shape = any, O extends Shape = any> = { readonly kind: "stream" } & Described<
  I,
  O
>;

export type Operation = Request | Stream;

/** A contract is areas of operations: `consoleContract.sessions.watch`, dotted on the wire. */
export type Contract = { readonly [area: string]: { readonly [verb: string]: Operation } };

type Description<I extends Shape, O extends Shape> = { input: I; output: O; urgent?: true };

/** Describes an operation that is answered once. */
export function request<I extends Shape, O extends Shape>(described: Description<I, O>): Request<I, O> {
  return { kind: "request", urgent: false, ...described };
}

/** Describes an operation that is answered with snapshots. */
export function stream<I extends Shape, O extends Shape>(described: Description<I, O>): Stream<I, O> {
  return { kind: "stream", urgent: false, ...described };
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
