import { useEffect } from "react";
import { useFrom } from "../stores/storesContext.ts";
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
  useLineAtHand(targetId);
  return (
    <HoldButton
      words={words}
      name={words === "Revoke" ? `Revoke access to ${targetName}` : `${words}: access to ${targetName}`}
      onConfirm={() => revoke(targetId)}
    />
  );
}

/** The same from a shell is read while the console can be asked: it is needed where the page and the console are apart. */
function useLineAtHand(targetId: string): void {
  const isRead = useFrom("commands", (state) => state.byPlace[`${targetId}/`] !== undefined);
  const read = useFrom("commands", (state) => state.read);
  useEffect(() => {
    if (!isRead) void read(targetId, null);
  }, [isRead, read, targetId]);
}
