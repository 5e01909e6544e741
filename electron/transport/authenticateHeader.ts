/** One scheme of a WWW-Authenticate or Authorization header, with its token where it has one. */
export type OfferedScheme = { readonly name: string; readonly token: Uint8Array | null };

/** The longest token in base64: 64 KiB of bytes. */
const LONGEST = 88_000;

/** Reads WWW-Authenticate values: several headers, each with one or several schemes (RFC 9110 11.6.1). */
export function readSchemes(values: readonly string[]): readonly OfferedScheme[] {
  return values.flatMap((value) => value.split(",")).flatMap((part) => readScheme(part) ?? []);
}

/** Reads one scheme with its token; null for a parameter such as `realm="WSMAN"` or a text that is neither. */
export function readScheme(text: string): OfferedScheme | null {
  const found = /^\s*([A-Za-z][A-Za-z0-9_-]*)(?:\s+(\S+)\s*)?$/.exec(text.slice(0, LONGEST));
  if (found?.[1] === undefined) return null;
  return { name: found[1], token: found[2] === undefined ? null : fromBase64(found[2]) };
}

/** The token of this scheme, or null. */
export function tokenOf(schemes: readonly OfferedScheme[], name: string): Uint8Array | null {
  const wanted = name.toLowerCase();
  return (
    schemes.find((scheme) => scheme.name.toLowerCase() === wanted && scheme.token !== null)?.token ?? null
  );
}

/** A header value of scheme and token. */
export function schemeWithToken(name: string, token: Uint8Array): string {
  return token.length === 0 ? name : `${name} ${Buffer.from(token).toString("base64")}`;
}

function fromBase64(text: string): Uint8Array | null {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Uint8Array.from(Buffer.from(text, "base64")) : null;
}
