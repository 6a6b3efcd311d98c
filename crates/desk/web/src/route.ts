/** The address holds the state of the desk: a view, and what is asked of it. */
import { useEffect, useState } from "preact/hooks";

export const VIEWS = ["reader", "timeline", "map", "network", "statements", "plans", "table", "check", "try"] as const;
export type View = (typeof VIEWS)[number];

/** What filters events in all views, so that it stays when another view is opened. */
export const FILTERS = [
  "each", "q", "type", "mode", "status", "quad", "actor", "recipient", "party", "pair", "country", "place", "source", "story",
  "doc", "publisher", "context", "since", "until", "min_confidence", "background", "review",
] as const;

export interface Route { view: View; query: URLSearchParams }

function read(): Route {
  const name = location.pathname.split("/")[1] as View;
  return { view: VIEWS.includes(name) ? name : "reader", query: new URLSearchParams(location.search) };
}

const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());
addEventListener("popstate", tell);

export type Changes = Record<string, string | number | null | undefined>;

/** An address with some of the query changed; what is empty is left out. */
export function address(view: View, query: URLSearchParams, changes: Changes = {}): string {
  const next = new URLSearchParams(query);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === "") next.delete(key);
    else next.set(key, String(value));
  }
  const text = next.toString();
  return `/${view}${text ? `?${text}` : ""}`;
}

/** The address of another view with the same filter. */
export function elsewhere(view: View, query: URLSearchParams, changes: Changes = {}): string {
  const kept = new URLSearchParams();
  for (const key of FILTERS) if (query.get(key)) kept.set(key, query.get(key)!);
  return address(view, kept, changes);
}

/** Opens an address of the desk. */
export function open(to: string, replace = false): void {
  if (to !== location.pathname + location.search) history[replace ? "replaceState" : "pushState"](null, "", to);
  tell();
}

/** Changes part of the query of the current view; anything but a page goes back to the first one. */
export function change(changes: Changes, replace = false): void {
  const { view, query } = read();
  const paged = "page" in changes || "event" in changes ? {} : { page: null };
  open(address(view, query, { ...paged, ...changes }), replace);
}

export function useRoute(): Route {
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const listener = () => setRoute(read());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return route;
}

/** Lets links within the desk change the address without loading the page anew. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element).closest("a");
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (link.pathname.startsWith("/api")) return;
  event.preventDefault();
  open(link.pathname + link.search);
}
