import { Trouble } from "../../parts/Trouble.tsx";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { AddIcon, StartIcon } from "../../ui/icons.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Working } from "../../ui/Working.tsx";
import "./FirstStart.css";

/** No target yet: practise with one click, or add a real one. */
export function FirstStart() {
  const practice = useFrom("targets", (state) => state.practice);
  const start = useFrom("targets", (state) => state.startPractice);
  const canPractise = useFrom("link", (state) => state.host?.canPractise ?? false);
  const go = useFrom("route", (state) => state.go);
  return (
    <div className="flow first-start">
      <PageHeader
        title="Open the door to remote support"
        note="The console lets the vendor's engineer into a target of yours, shows what is done there, and shuts the door with proof. No target is known yet."
      />
      {practice.phase === "failed" && (
        <Trouble
          failure={practice.failure}
          title="The practice stamp did not start"
          onRetry={() => void start()}
        />
      )}
      <div className="first-choices">
        {canPractise && (
          <section className="box stack" aria-labelledby="first-practice">
            <h2 id="first-practice">Rehearse first</h2>
            <p>
              The practice stamp runs on this machine and speaks like a real one. A simulated engineer comes
              in when you open the door. Nothing reaches a real stamp.
            </p>
            {practice.phase === "waiting" ? (
              <Working words="Starting the practice stamp and signing in to it…" />
            ) : (
              <div>
                <Button kind="main" icon={StartIcon} onPress={() => void start()}>
                  Open the practice stamp
                </Button>
              </div>
            )}
          </section>
        )}
        <section className="box stack" aria-labelledby="first-real">
          <h2 id="first-real">Connect a stamp of yours</h2>
          <p>
            You need the address of at least one privileged endpoint (an ERCS VM) and an account of
            CloudAdmins. Adding a target sends nothing to it.
          </p>
          <div>
            <Button icon={AddIcon} onPress={() => go({ screen: "addTarget" })}>
              Add a real target
            </Button>
          </div>
        </section>
      </div>
    </div>
  );
}
