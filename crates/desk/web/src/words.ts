/** How things are called and coloured. */
import type { Actor, About } from "./types";

export const QUADS: Record<string, string> = {
  "1": "verbal cooperation", "2": "material cooperation", "3": "verbal conflict", "4": "material conflict",
};

export const quadColor = (quad: number | string): string => `var(--quad${quad})`;

/** One mark a status, told by shape as well as by colour. */
export const STATUS_MARKS: Record<string, string> = { happened: "●", ongoing: "◐", planned: "○", hypothetical: "◌", denied: "⊘" };
export const STATE_MARKS: Record<string, string> = { kept: "●", changed: "◑", cancelled: "⊗", overdue: "◍", open: "○" };

/** The colour of a mean score: red for conflict, blue for cooperation, grey between. */
export function scoreColor(score: number): string {
  const share = Math.round((Math.min(8, Math.abs(score)) / 8) * 100);
  return `color-mix(in oklab, var(${score < 0 ? "--quad4" : "--quad2"}) ${share}%, var(--neutral))`;
}

export const codeOf = (a: Actor): string => a.code || "UNK";

export function days(start: string | null, end: string | null, precision: string | null): string {
  if (!start) return "day not told";
  if (!end || start === end) return start;
  if (precision === "month") return start.slice(0, 7);
  if (precision === "year") return start.slice(0, 4);
  return `${start} – ${end}`;
}

export const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

export const kindOf = (type: string, mode: string | null): string => (mode ? `${type} · ${mode}` : type);

export const countryName = (about: About | null, code: string): string => about?.countries[code] ?? code;

/** Words that say an event, for those who hear the page. */
export function said(e: { type: string; mode: string | null; status: string; actors: Actor[]; recipients: Actor[] }): string {
  const names = (list: Actor[]) => list.map((a) => a.name).join(", ");
  const to = e.recipients.length ? ` to ${names(e.recipients)}` : "";
  return `${e.status} ${e.type}${e.mode ? ` ${e.mode}` : ""}: ${names(e.actors) || "somebody"}${to}`;
}
