import { Button } from "../ui/Button.tsx";
import { CheckIcon, CloseIcon } from "../ui/icons.ts";
import type { ConnectionCheck } from "./useConnectionCheck.ts";

type CheckButtonProps = { readonly targetName: string; readonly check: ConnectionCheck };

/** Begins the connection check, or ends the one that runs. */
export function CheckButton({ targetName, check }: CheckButtonProps) {
  return check.running ? (
    <Button icon={CloseIcon} onPress={check.stop}>
      Stop the check
    </Button>
  ) : (
    <Button icon={CheckIcon} name={`Check the connection to ${targetName}`} onPress={check.start}>
      Check the connection
    </Button>
  );
}
