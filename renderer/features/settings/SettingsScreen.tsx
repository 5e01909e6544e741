import { levels } from "#contract";
import { useState } from "react";
import { levelWords } from "../../parts/doorWords.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { parseMinutes } from "../../stores/parseMinutes.ts";
import { useFrom } from "../../stores/storesContext.ts";
import { ChoiceField } from "../../ui/ChoiceField.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { TextField } from "../../ui/TextField.tsx";
import "./Settings.css";

const themes = [
  { value: "system", words: "As the system" },
  { value: "light", words: "Light" },
  { value: "dark", words: "Dark" },
] as const;
const densities = [
  { value: "comfortable", words: "Comfortable" },
  { value: "compact", words: "Compact" },
] as const;
const levelChoices = levels.map((level) => ({ value: level, words: levelWords(level) }));

/** What the operator chose; every change is kept at once. */
export function SettingsScreen() {
  const preferences = useFrom("settings", (state) => state.preferences);
  const failure = useFrom("settings", (state) => state.failure);
  const change = useFrom("settings", (state) => state.change);
  const [minutes, setMinutes] = useState<string | null>(null);
  const [operator, setOperator] = useState<string | null>(null);
  const typed = parseMinutes(minutes ?? String(preferences.minutes));
  return (
    <div className="flow">
      <PageHeader
        title="Settings"
        note="Kept by the console on this machine. No password is ever among them."
      />
      {failure !== null && failure.code !== "channelLost" && (
        <Trouble failure={failure} title="The settings were not kept" />
      )}
      <section className="box settings" aria-labelledby="settings-looks">
        <h2 id="settings-looks">Looks</h2>
        <ChoiceField
          label="Theme"
          value={preferences.theme}
          choices={themes}
          onChange={(theme) => void change({ theme })}
        />
        <ChoiceField
          label="Density"
          value={preferences.density}
          choices={densities}
          onChange={(density) => void change({ density })}
        />
      </section>
      <section className="box settings" aria-labelledby="settings-grants">
        <h2 id="settings-grants">What a new grant starts with</h2>
        <TextField
          label="Operator"
          hint="Your name as receipts record it"
          value={operator ?? preferences.operator}
          problem={(operator ?? "").length > 120 ? "At most 120 characters are kept." : null}
          onChange={(name) => {
            setOperator(name);
            if (name.length <= 120) void change({ operator: name });
          }}
        />
        <ChoiceField
          label="Level"
          value={preferences.level}
          choices={levelChoices}
          onChange={(level) => void change({ level })}
        />
        <TextField
          label="Minutes"
          numeric
          value={minutes ?? String(preferences.minutes)}
          problem={typed.kind === "refused" ? typed.sentence : null}
          onChange={(text) => {
            setMinutes(text);
            const parsed = parseMinutes(text);
            if (parsed.kind === "minutes") void change({ minutes: parsed.minutes });
          }}
        />
      </section>
    </div>
  );
}
