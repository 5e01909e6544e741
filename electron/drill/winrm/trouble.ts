import type { RequestBody } from "../../protocol/wsman/serverRequest.ts";
import type { WinrmServerReply } from "../../transport/winrmListener.ts";

/** A misbehaviour to order, for every request or for those of one kind. */
export type Trouble = {
  readonly kind: TroubleKind;
  readonly on?: RequestBody["type"];
  /** How often; for good if left out. */
  readonly times?: number;
};

export type TroubleKind =
  /** Every socket is cut without an answer. */
  | { readonly type: "down" }
  /** Answers come that much later. */
  | { readonly type: "slow"; readonly milliseconds: number }
  /** A fault instead of the act. */
  | { readonly type: "fault"; readonly code: number }
  | { readonly type: "cutBefore" }
  /** The act is done; the answer is cut after that many bytes. */
  | { readonly type: "cutAfter"; readonly afterBytes?: number }
  | { readonly type: "badSignature" }
  | { readonly type: "html" }
  /** 100 MiB that are no answer. */
  | { readonly type: "hugeBody" }
  /** The act is done; the answer is sealed under a number that does not follow the one before. */
  | { readonly type: "wrongSequence" }
  /** The act is done; its answer is changed before it is sealed. */
  | { readonly type: "twisted"; readonly twist: (envelope: string) => string }
  /** Anything at all instead of acting. */
  | { readonly type: "instead"; readonly reply: WinrmServerReply };

/** What was ordered, worked off in order; a trouble without `times` stays. */
export class Troubles {
  readonly #ordered: { readonly trouble: Trouble; left: number }[] = [];

  order(trouble: Trouble): void {
    this.#ordered.push({ trouble, left: trouble.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#ordered.length = 0;
  }

  /** The next one that fits this kind of request, or null. */
  next(request: RequestBody["type"] | null): TroubleKind | null {
    const at = this.#ordered.findIndex(({ trouble }) => trouble.on === undefined || trouble.on === request);
    const found = this.#ordered[at];
    if (found === undefined) return null;
    found.left--;
    if (found.left <= 0) this.#ordered.splice(at, 1);
    return found.trouble.kind;
  }
}

const hugeBytes = 100 * 1024 * 1024;
const page = "<!DOCTYPE html><html><body><h1>PRACTICE: this is no WinRM answer</h1></body></html>";

/** What is sent instead of acting; null where the request is acted on all the same. */
export function insteadOfActing(trouble: TroubleKind): WinrmServerReply | null {
  switch (trouble.type) {
    case "down":
    case "cutBefore":
      return { kind: "cut", afterBytes: 0, envelope: "" };
    case "html":
      return { kind: "raw", status: 200, contentType: "text/html", body: new TextEncoder().encode(page) };
    case "hugeBody":
      return {
        kind: "raw",
        status: 200,
        contentType: "application/soap+xml;charset=UTF-8",
        body: new Uint8Array(hugeBytes).fill(0x20),
      };
    case "instead":
      return trouble.reply;
    default:
      return null;
  }
}

/** The answer as the trouble leaves it. */
export function spoiled(
  reply: { readonly status: number; readonly envelope: string },
  trouble: TroubleKind | null,
): WinrmServerReply {
  if (trouble?.type === "cutAfter")
    return { kind: "cut", afterBytes: trouble.afterBytes ?? 0, envelope: reply.envelope };
  if (trouble?.type === "badSignature" || trouble?.type === "wrongSequence")
    return { kind: trouble.type, envelope: reply.envelope };
  if (trouble?.type === "twisted")
    return { kind: "envelope", status: reply.status, envelope: trouble.twist(reply.envelope) };
  return { kind: "envelope", ...reply };
}
