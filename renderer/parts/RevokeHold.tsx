import { HoldButton } from "../ui/HoldButton.tsx";
import { useRevoke } from "./useRevoke.ts";

type RevokeHoldProps = {
  readonly targetId: string;
  readonly targetName: string;
};

/** The button that shuts a target's door. */
export function RevokeHold({ targetId, targetName }: RevokeHoldProps) {
  const revoke = useRevoke();
  return (
    <HoldButton words="Revoke" name={`Revoke access to ${targetName}`} onConfirm={() => revoke(targetId)} />
  );
}
