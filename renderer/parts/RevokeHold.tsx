import { HoldButton } from "../ui/HoldButton.tsx";
import { useRevoke } from "./useRevoke.ts";

type RevokeHoldProps = {
  readonly targetId: string;
  readonly targetName: string;
  readonly words?: string;
};

/** The button that shuts a target's door. */
export function RevokeHold({ targetId, targetName, words = "Revoke" }: RevokeHoldProps) {
  const revoke = useRevoke();
  return (
    <HoldButton
      words={words}
      name={words === "Revoke" ? `Revoke access to ${targetName}` : `${words}: access to ${targetName}`}
      onConfirm={() => revoke(targetId)}
    />
  );
}
