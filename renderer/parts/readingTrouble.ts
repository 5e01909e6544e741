import type { Failure, Target } from "#contract";

/**
 * How loud a reading that did not work is. Where a person trusted a certificate before, one that is not trusted is
 * another one: an alarm. A revoke without proof is no failed reading. Everything else is a remark beside the last good answer.
 */
export function readingTrouble(
  target: Target,
  failure: Failure,
): { readonly kind: "danger" | "warning"; readonly title: string } {
  if (failure.code === "notConfirmed") return { kind: "danger", title: "The revoke is not confirmed" };
  return failure.code === "untrusted" && target.certificates.length > 0
    ? { kind: "danger", title: "The endpoint shows another certificate than the one you trusted" }
    : { kind: "warning", title: "The newest reading proves nothing" };
}
