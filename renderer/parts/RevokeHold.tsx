import { useFrom } from "../stores/storesContext.ts";
import { HoldButton } from "../ui/HoldButton.tsx";

type RevokeHoldProps = {
  readonly targetId: string;
  readonly targetName: string;
};

/** Shuts a target's door. It works whatever else is broken: nobody has to be named for it. */
export function RevokeHold({ targetId, targetName }: RevokeHoldProps) {
  const revoke = useFrom("revoke", (state) => state.revoke);
  const preferred = useFrom("settings", (state) => state.preferences.operator);
  const suggested = useFrom("link", (state) => state.host?.suggestedOperator ?? "");
  const operator = [preferred, suggested, "not named"].find((name) => name.trim() !== "") ?? "not named";
  return (
    <HoldButton
      words="Revoke"
      name={`Revoke access to ${targetName}`}
      onConfirm={() => void revoke(targetId, operator)}
    />
  );
}
