import { readFragments, writeFragment } from "../../protocol/psrp/fragments.ts";
import type { Fragment } from "../../protocol/psrp/fragments.ts";

/** A change of an envelope before it is sealed. */
export type Twist = (envelope: string) => string;

/** Changes the bytes of every Stream, in either direction, and of what begins a command. */
export const onStreams =
  (change: (bytes: Uint8Array) => Uint8Array): Twist =>
  (envelope) =>
    envelope.replaceAll(
      /(<(?:\w+:)?(?:Stream|Arguments)\b[^>]*>)([A-Za-z0-9+/=]+)(<\/)/g,
      (_, start: string, text: string, end: string) =>
        `${start}${Buffer.from(change(Buffer.from(text, "base64"))).toString("base64")}${end}`,
    );

/** Changes every fragment; null leaves it out. */
export const onFragments = (change: (fragment: Fragment) => Fragment | null): Twist =>
  onStreams((bytes) =>
    Buffer.concat(
      readFragments(bytes).flatMap((fragment) => {
        const changed = change(fragment);
        return changed === null ? [] : [writeFragment(changed)];
      }),
    ),
  );

/** Head of a message: destination, type, two ids ([MS-PSRP] 2.2.1). */
const messageHead = 40;

/** Changes the message type and text of every message that is one fragment. */
export const onMessages = (
  change: (message: { readonly type: number; readonly xml: string }) => { type: number; xml: string },
): Twist =>
  onFragments((fragment) => {
    const bytes = Buffer.from(fragment.data);
    if (!fragment.start || !fragment.end || bytes.length < messageHead) return fragment;
    const changed = change({
      type: bytes.readUInt32LE(4),
      xml: bytes.subarray(messageHead).toString("utf8"),
    });
    const head = Buffer.from(bytes.subarray(0, messageHead));
    head.writeUInt32LE(changed.type, 4);
    return { ...fragment, data: Buffer.concat([head, Buffer.from(changed.xml, "utf8")]) };
  });

/** Puts markup at the start of the SOAP body. */
export const inBody =
  (markup: string): Twist =>
  (envelope) =>
    envelope.replace(/<(\w+:)?Body>/, (start) => `${start}${markup}`);

/** That many elements, each inside the one before. */
export const nested = (depth: number): string => "<a>".repeat(depth) + "</a>".repeat(depth);
