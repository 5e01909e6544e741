import { useFrom } from "../../stores/storesContext.ts";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { AgainIcon } from "../../ui/icons.ts";
import { Working } from "../../ui/Working.tsx";

/** Page and console lost each other: said on every screen, however far it is scrolled, and what was typed stays. */
export function LinkBanner() {
  const phase = useFrom("link", (state) => state.phase);
  const because = useFrom("link", (state) => state.because);
  const connectAgain = useFrom("link", (state) => state.connectAgain);
  if (phase === "connected") return null;
  if (phase === "connecting") return <Working words="Connecting to the console…" />;
  return (
    <div className="link-banner">
      <Banner
        kind="danger"
        title="Not connected to the console"
        actions={
          <Button kind="main" icon={AgainIcon} onPress={connectAgain}>
            Connect again
          </Button>
        }
      >
        {because} What is shown below may be out of date. What you typed is kept.
      </Banner>
    </div>
  );
}
