/** Asking the desk's own server; nothing else is ever asked. */
import { useEffect, useState } from "preact/hooks";
import { FILTERS } from "./route";

export class Problem extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

async function answer(response: Response): Promise<Response> {
  if (response.ok) return response;
  const body = await response.json().catch(() => null);
  throw new Problem(response.status, body?.error ?? `${response.status} ${response.statusText}`);
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await answer(await fetch(path, { signal }))).json();
}

export async function post<T>(path: string, body: unknown): Promise<T> {
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  return (await answer(await fetch(path, init))).json();
}

export async function send(path: string, body: Blob | string): Promise<Response> {
  return answer(await fetch(path, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body }));
}

/** The parts of the query that the server knows. */
export function asked(path: string, query: URLSearchParams, keys: readonly string[] = FILTERS, more: Record<string, string> = {}): string {
  const kept = new URLSearchParams();
  for (const key of keys) if (query.get(key)) kept.set(key, query.get(key)!);
  for (const [key, value] of Object.entries(more)) if (value) kept.set(key, value);
  const text = kept.toString();
  return text ? `${path}?${text}` : path;
}

export interface Loading<T> { data: T | null; error: string | null; busy: boolean; again: () => void }

/** What the server answers under `path`; the last answer stays until the next is there. */
export function useGet<T>(path: string | null): Loading<T> {
  const [state, setState] = useState<{ data: T | null; error: string | null; of: string | null }>({ data: null, error: null, of: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (!path) return setState({ data: null, error: null, of: null });
    const abort = new AbortController();
    get<T>(path, abort.signal).then(
      (data) => setState({ data, error: null, of: path }),
      (error: Error) => error.name !== "AbortError" && setState({ data: null, error: error.message, of: path }),
    );
    return () => abort.abort();
  }, [path, turn]);
  return { data: state.data, error: state.error, busy: path !== state.of, again: () => setTurn((n) => n + 1) };
}
