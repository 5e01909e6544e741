import type { Target } from "#contract";
import { utcWords } from "../../ui/timeWords.ts";

/** How a target is reached, with what that proves and what it does not. */
export function ReachedBy({ target }: { readonly target: Target }) {
  return (
    <>
      <dt>Reached by</dt>
      <dd>
        {target.transport === "http" ? (
          <>
            HTTP with NTLM, every message sealed. <strong>Proved:</strong> your account, and that nobody on
            the way can read or change what is said. <strong>Not proved:</strong> which machine answers, since
            NTLM does not check its name. Be sure of the addresses, or use HTTPS where the endpoint offers it.
          </>
        ) : (
          `HTTPS: the trusted certificate proves the endpoint${target.signIn.kind === "negotiate" ? ", and the sign-in is bound to it" : ""}.`
        )}{" "}
        <span className="soft">Kerberos is not offered; NTLM is used in its place.</span>
      </dd>
      {target.signIn.kind !== "negotiate" && (
        <>
          <dt>Sign-in</dt>
          <dd>
            <strong>Lab only:</strong>{" "}
            {target.signIn.kind === "basic"
              ? "Basic, which shows the password itself to the endpoint"
              : `client certificate ${target.signIn.certificateFile}`}
          </dd>
        </>
      )}
      {target.transport === "https" && (
        <>
          <dt>Certificates</dt>
          <dd>
            {target.endpoints.map(({ name, host, port }) => {
              const trusted = target.certificates.find((one) => one.host === host && one.port === port);
              return (
                <div key={name}>
                  {name}{" "}
                  {trusted === undefined ? (
                    <strong>not trusted yet: nothing is sent to it</strong>
                  ) : (
                    <span className="soft">
                      trusted {utcWords(Date.parse(trusted.trustedAt))}, SHA-256{" "}
                      <span className="mono fingerprint">{trusted.sha256}</span>
                    </span>
                  )}
                </div>
              );
            })}
          </dd>
        </>
      )}
    </>
  );
}
