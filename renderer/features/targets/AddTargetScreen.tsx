import { useState } from "react";
import { Trouble } from "../../parts/Trouble.tsx";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { ChoiceField } from "../../ui/ChoiceField.tsx";
import { AddIcon, RemoveIcon } from "../../ui/icons.ts";
import { focusFirstProblem } from "../../ui/focusFirstProblem.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { SubmitOnEnter } from "../../ui/SubmitOnEnter.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { Working } from "../../ui/Working.tsx";
import { readTarget, usualPorts, withTransport } from "./targetForm.ts";
import type { EndpointDraft, TargetDraft } from "../../stores/keptTargetDraft.ts";
import { useTargetDraft } from "./useTargetDraft.ts";
import "./Targets.css";

const transports = [
  { value: "http", words: "HTTP, sealed by NTLM (usual for a stamp)" },
  { value: "https", words: "HTTPS, with a certificate that you look at and trust" },
] as const;

const ways = [
  { value: "negotiate", words: "Negotiate (NTLM; Kerberos is not offered)" },
  { value: "basic", words: "Basic: lab only, it shows the password to the endpoint" },
  { value: "certificate", words: "Client certificate: lab only" },
] as const;

export function AddTargetScreen() {
  const { draft, put, forget } = useTargetDraft();
  const [tried, setTried] = useState(false);
  const adding = useFrom("targets", (state) => state.adding);
  const add = useFrom("targets", (state) => state.add);
  const go = useFrom("route", (state) => state.go);
  const choose = useFrom("route", (state) => state.choose);
  const openDialog = useFrom("dialogs", (state) => state.open);
  const read = readTarget(draft);
  const problem = (path: string): string | null =>
    tried && read.kind === "problems" ? (read.problems[path] ?? null) : null;
  const change = (part: Partial<TargetDraft>): void => put({ ...draft, ...part });
  const changeEndpoint = (at: number, part: Partial<EndpointDraft>): void =>
    change({ endpoints: draft.endpoints.map((each, place) => (place === at ? { ...each, ...part } : each)) });
  const submit = (): void => {
    setTried(true);
    if (read.kind === "problems") focusFirstProblem();
    if (read.kind !== "target" || adding.phase === "waiting") return;
    void add(read.target, (targetId) => {
      forget();
      choose(targetId);
      go({ screen: "targets" });
      // Over HTTPS a person looks at the certificates first: nothing is sent before.
      openDialog({ kind: draft.transport === "https" ? "trust" : "signIn", targetId });
    });
  };
  return (
    <div className="flow">
      <PageHeader
        title="Add a target"
        note="An Azure Stack Hub stamp by the addresses of its privileged endpoints. Nothing is sent before you sign in or check."
      />
      <form
        className="box form"
        aria-label="Add a target"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {tried && read.kind === "problems" && (
          <Trouble
            failure={{ code: "invalidInput", sentence: "Look at the marked entries.", remedy: "none" }}
            title="This target cannot be added yet"
          />
        )}
        {adding.phase === "failed" && <Trouble failure={adding.failure} title="The target was not added" />}
        <TextField
          label="Name"
          hint="As your team calls it"
          value={draft.name}
          required
          problem={problem("name")}
          onChange={(name) => change({ name })}
        />
        <ChoiceField
          label="Transport"
          value={draft.transport}
          choices={transports}
          onChange={(transport) => put(withTransport(draft, transport))}
        />
        {draft.transport === "https" && (
          <ChoiceField
            label="Sign-in"
            value={draft.signIn}
            choices={ways}
            onChange={(signIn) => change({ signIn })}
          />
        )}
        {draft.signIn === "certificate" && (
          <>
            <TextField
              label="Certificate file"
              hint="The path of a PEM file on the computer that runs the console"
              value={draft.certificateFile}
              required
              problem={problem("signIn.certificateFile")}
              onChange={(certificateFile) => change({ certificateFile })}
            />
            <TextField
              label="Key file"
              hint="Its path only is kept; the key stays in the file"
              value={draft.keyFile}
              required
              problem={problem("signIn.keyFile")}
              onChange={(keyFile) => change({ keyFile })}
            />
          </>
        )}
        <fieldset className="fieldset">
          <legend>Endpoints, up to three</legend>
          {draft.endpoints.map((endpoint, at) => (
            // Endpoints have no identity but their place.
            <div className="form-row" key={at}>
              <TextField
                label={`Endpoint ${at + 1} name`}
                value={endpoint.name}
                problem={problem(`endpoints.${at}.name`)}
                onChange={(name) => changeEndpoint(at, { name })}
              />
              <TextField
                label={`Endpoint ${at + 1} address`}
                value={endpoint.host}
                required
                placeholder="name or IP address"
                problem={problem(`endpoints.${at}.host`)}
                onChange={(host) => changeEndpoint(at, { host })}
              />
              <TextField
                label={`Endpoint ${at + 1} port`}
                value={endpoint.port}
                numeric
                problem={problem(`endpoints.${at}.port`)}
                onChange={(port) => changeEndpoint(at, { port })}
              />
              {draft.endpoints.length > 1 && (
                <Button
                  kind="quiet"
                  icon={RemoveIcon}
                  name={`Remove endpoint ${at + 1}`}
                  onPress={() =>
                    change({ endpoints: draft.endpoints.filter((_each, place) => place !== at) })
                  }
                >
                  Remove
                </Button>
              )}
            </div>
          ))}
          {draft.endpoints.length < 3 && (
            <div>
              <Button
                icon={AddIcon}
                onPress={() =>
                  change({
                    endpoints: [
                      ...draft.endpoints,
                      {
                        name: `ERCS0${draft.endpoints.length + 1}`,
                        host: "",
                        port: usualPorts[draft.transport],
                      },
                    ],
                  })
                }
              >
                Another endpoint
              </Button>
            </div>
          )}
        </fieldset>
        <TextField
          label="Account"
          hint="A member of CloudAdmins. The password is asked for later and never stored."
          value={draft.account}
          required
          placeholder="AZS\cloudadmin"
          problem={problem("account")}
          onChange={(account) => change({ account })}
        />
        <TextField
          label="Session configuration"
          value={draft.configuration}
          problem={problem("configuration")}
          onChange={(configuration) => change({ configuration })}
        />
        {adding.phase === "waiting" && <Working words="Adding the target…" />}
        <div className="actions">
          <Button kind="main" onPress={submit} disabled={adding.phase === "waiting"}>
            Add the target
          </Button>
          <Button
            onPress={() => {
              forget();
              go({ screen: "targets" });
            }}
          >
            Cancel
          </Button>
          <SubmitOnEnter />
        </div>
      </form>
    </div>
  );
}
