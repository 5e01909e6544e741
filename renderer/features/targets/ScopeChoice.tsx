import type { Target } from "#contract";
import { Trouble } from "../../parts/Trouble.tsx";
import { useFrom } from "../../stores/storesContext.ts";
import { Button } from "../../ui/Button.tsx";
import { scopeMeaning, scopeWords } from "./scopeWords.ts";

/** Whether the endpoints of a target keep their grants together, what that means, and the operator's own word on it. */
export function ScopeChoice({ target: { id, name, scope } }: { readonly target: Target }) {
  const declare = useFrom("scope", (state) => state.declare);
  const trouble = useFrom("scope", (state) => state.troubles[id]);
  const said = scope?.by === "operator" ? scope.grants : null;
  return (
    <div className="scope">
      <p>
        Whether the endpoints keep their grants together: <strong>{scopeWords(scope)}</strong>
      </p>
      <p className="soft">{scopeMeaning(scope)}</p>
      {trouble !== undefined && <Trouble failure={trouble} title="Your word was not kept" />}
      <div className="actions">
        {said !== "shared" && (
          <Button
            name={`Say: shared, of the endpoints of ${name}`}
            onPress={() => void declare(id, "shared")}
          >
            Say: shared
          </Button>
        )}
        {said !== "separate" && (
          <Button
            name={`Say: separate, of the endpoints of ${name}`}
            onPress={() => void declare(id, "separate")}
          >
            Say: separate
          </Button>
        )}
        {said !== null && (
          <Button
            name={`Take your word back on the endpoints of ${name}`}
            onPress={() => void declare(id, null)}
          >
            Take your word back
          </Button>
        )}
      </div>
      {said === null && (
        <p className="soft small">
          Say so only when you know it: it is published nowhere. The console observes it by itself when it
          opens a grant.
        </p>
      )}
    </div>
  );
}
