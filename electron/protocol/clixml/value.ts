/**
 * What one CLIXML element says ([MS-PSRP] 2.2.5), as data. Plain JavaScript values where they are unambiguous,
 * tagged ones everywhere else, so that what was read can be written back equal.
 *
 * null is Nil, a string is S, a boolean is B, a number is I32, a bigint is I64.
 */
export type ClixmlValue = null | string | boolean | number | bigint | ClixmlScalar | ClixmlObject;

/** A primitive of any other type ([MS-PSRP] 2.2.5.1); `text` is its text form after unescaping (BA: base64). */
export type ClixmlScalar = { readonly kind: "scalar"; readonly tag: ScalarTag; readonly text: string };

export type ScalarTag =
  | "C"
  | "By"
  | "SB"
  | "I16"
  | "U16"
  | "U32"
  | "U64"
  | "Sg"
  | "Db"
  | "D"
  | "DT"
  | "TS"
  | "G"
  | "URI"
  | "Version"
  | "XD"
  | "SBK"
  | "BA"
  | "SS"
  | "PR";

/** A complex object ([MS-PSRP] 2.2.5.2). Maps, never plain records: a name like `__proto__` is only a name. */
export type ClixmlObject = {
  readonly kind: "object";
  /** Most derived first; empty when the element had neither TN nor TNRef. */
  readonly typeNames: readonly string[];
  /** The ToString text, null when there was none. */
  readonly display: string | null;
  /** The base value: a primitive, a container, or an object wrapped twice. */
  readonly base: ClixmlValue | ClixmlContainer;
  /** False when the element had no base value at all (a Nil base value is `base: null, hasBase: true`). */
  readonly hasBase: boolean;
  /** Props: the adapted .NET properties. */
  readonly adapted: ReadonlyMap<string, ClixmlValue>;
  /** MS: extended properties. */
  readonly extended: ReadonlyMap<string, ClixmlValue>;
};

export type ClixmlContainer =
  | { readonly kind: "list" | "enumerable" | "stack" | "queue"; readonly items: readonly ClixmlValue[] }
  | { readonly kind: "dictionary"; readonly entries: readonly (readonly [ClixmlValue, ClixmlValue])[] };
