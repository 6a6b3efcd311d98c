/** The frame around the views. */
import { Suspense, lazy } from "preact/compat";
import { useEffect, useState } from "preact/hooks";
import type { About } from "./types";
import { useGet } from "./api";
import { type View, VIEWS, elsewhere, followLinks, useRoute } from "./route";
import { Failure } from "./common";
import { Filters } from "./filters";
import { EventPanel } from "./event";
import { Reader } from "./views/reader";
import { Table } from "./views/table";
import { Statements } from "./views/statements";
import { Plans } from "./views/plans";

const Timeline = lazy(() => import("./views/timeline").then((m) => ({ default: m.Timeline })));
const WorldMap = lazy(() => import("./views/map").then((m) => ({ default: m.WorldMap })));
const Network = lazy(() => import("./views/network").then((m) => ({ default: m.Network })));
const Check = lazy(() => import("./views/check").then((m) => ({ default: m.Check })));
const TryIt = lazy(() => import("./views/try").then((m) => ({ default: m.TryIt })));

const TITLES: Record<View, string> = {
  reader: "Reader", timeline: "Timeline", map: "Map", network: "Network", statements: "Statements", plans: "Plans", table: "Table",
  check: "Check", try: "Try it",
};

const THEMES = ["system", "light", "dark"] as const;

function useTheme(): [string, () => void] {
  const [theme, setTheme] = useState(() => localStorage.getItem("theme") ?? "system");
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    localStorage.setItem("theme", theme);
  }, [theme]);
  return [theme, () => setTheme(THEMES[(THEMES.indexOf(theme as "light") + 1) % THEMES.length])];
}

function Shown({ view, about }: { view: View; about: About | null }) {
  switch (view) {
    case "reader": return <Reader about={about} />;
    case "timeline": return <Timeline />;
    case "map": return <WorldMap about={about} />;
    case "network": return <Network />;
    case "statements": return <Statements about={about} />;
    case "plans": return <Plans />;
    case "table": return <Table about={about} />;
    case "check": return <Check about={about} />;
    case "try": return <TryIt about={about} />;
  }
}

/** Views of events, which the filter above them narrows. */
const FILTERED: View[] = ["timeline", "map", "network", "table"];

export function App() {
  const { view, query } = useRoute();
  const { data: about, error } = useGet<About>("/api/about");
  const [theme, nextTheme] = useTheme();
  useEffect(() => {
    document.title = `${TITLES[view]} – ${about?.name ?? "Dateline"}`;
  }, [view, about]);
  useEffect(() => {
    addEventListener("click", followLinks);
    return () => removeEventListener("click", followLinks);
  }, []);
  return (
    <>
      <a class="skip" href="#main">To the content</a>
      <header class="top">
        <p class="brand"><img src="/icon.svg" alt="" width="22" height="22" /> <b>Dateline</b> <bdi class="faint name">{about?.name}</bdi></p>
        <nav aria-label="Views">
          {VIEWS.map((v) => (
            <a key={v} href={elsewhere(v, query)} aria-current={v === view ? "page" : undefined}>{TITLES[v]}</a>
          ))}
        </nav>
        <button type="button" class="theme" onClick={nextTheme} aria-label={`Theme: ${theme}`} title={`Theme: ${theme}`}>
          {theme === "dark" ? "☾" : theme === "light" ? "☀" : "◐"}
        </button>
      </header>
      <main id="main" class={`view ${view}`} tabIndex={-1}>
        <h1 class="hidden">{TITLES[view]}</h1>
        <Failure error={error} />
        {FILTERED.includes(view) && <Filters about={about} />}
        <Suspense fallback={<p class="faint" role="status">Loading</p>}>
          <Shown view={view} about={about} />
        </Suspense>
      </main>
      <EventPanel />
      <footer class="bottom">
        {about && (
          <span>
            {about.reports.toLocaleString("en")} reports, {about.events.toLocaleString("en")} events in {about.tellings.toLocaleString("en")} tellings,{" "}
            {about.statements.toLocaleString("en")} statements, {about.plans.toLocaleString("en")} plans
            {about.first && <>; {about.first} to {about.last}</>}
          </span>
        )}
        <span><a href="/api" target="_blank" rel="noreferrer">API</a> · Dateline {about?.version}</span>
      </footer>
    </>
  );
}
