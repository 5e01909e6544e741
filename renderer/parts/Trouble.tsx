import type { Failure } from "#contract";
import { useFrom } from "../stores/storesContext.ts";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import { AgainIcon, CertificateIcon, SignInIcon, TargetIcon } from "../ui/icons.ts";
import { visibleParagraphs } from "../ui/visibleText.ts";

type TroubleProps = {
  readonly failure: Failure;
  /** What did not work, from the operator's side: `The sessions could not be read`. */
  readonly title: string;
  readonly targetId?: string | null;
  readonly onRetry?: (() => void) | undefined;
  readonly kind?: "danger" | "warning";
};

/** A failure in words, with the next step as a button. */
export function Trouble({ failure, title, targetId, onRetry, kind = "danger" }: TroubleProps) {
  const open = useFrom("dialogs", (state) => state.open);
  const canSignIn = failure.remedy === "signIn" && targetId != null;
  const isFull = failure.code === "quota" && targetId != null;
  const canTrust = failure.remedy === "trust" && targetId != null;
  return (
    <Banner
      kind={kind}
      title={title}
      actions={
        <>
          {canSignIn && (
            <Button icon={SignInIcon} onPress={() => open({ kind: "signIn", targetId })}>
              Sign in
            </Button>
          )}
          {canTrust && (
            <Button icon={CertificateIcon} onPress={() => open({ kind: "trust", targetId })}>
              Look at the certificate
            </Button>
          )}
          {isFull && (
            <Button icon={TargetIcon} onPress={() => open({ kind: "shells", targetId })}>
              Look at the shells
            </Button>
          )}
          {onRetry !== undefined && (
            <Button icon={AgainIcon} onPress={onRetry}>
              Try again
            </Button>
          )}
        </>
      }
    >
      {visibleParagraphs(failure.sentence)}
    </Banner>
  );
}
