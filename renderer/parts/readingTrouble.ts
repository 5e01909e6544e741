import type { Door, Failure, Target } from "#contract";

/**
 * How loud a reading that did not work is. Where a person trusted a certificate before, one that is not trusted is
 * another one: an alarm. A revoke without proof is no failed reading, and a reading
 * that lacks an endpoint is no revoke. Everything else is a remark beside the last good answer.
 */
export function readingTrouble(
  target: Target,
  failure: Failure,
  state: Door["state"],
): { readonly kind: "danger" | "warning"; readonly title: string } {
  if (failure.code === "notConfirmed")
    return state === "notConfirmed"
      ? { kind: "danger", title: "The revoke is not confirmed" }
      : { kind: "warning", title: "Not proved closed" };
  return failure.code === "untrusted" && target.certificates.length > 0
    ? { kind: "danger", title: "The endpoint shows another certificate than the one you trusted" }
    : { kind: "warning", title: "The newest reading proves nothing" };
}
