/** Events on a map that is part of the desk. What is known of a country or region only is drawn as an area, not as a point. */
import { geoNaturalEarth1, geoPath } from "d3-geo";
import { select } from "d3-selection";
import { zoom, zoomIdentity, type ZoomBehavior, type ZoomTransform } from "d3-zoom";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import codes from "virtual:country-codes";
import atlas from "world-atlas/countries-50m.json?url";
import type { About, MapData, Page, Row, Spot, Timeline } from "../types";
import { asked, useGet } from "../api";
import { FILTERS, change, useRoute } from "../route";
import { Busy, Downloads, EventCard, Failure, Legend, Words, openEvent, useWidth } from "../common";
import { Bars } from "../chart";
import { QUADS, count, quadColor } from "../words";

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;

/** Countries of the map that have no number of their own. */
const NAMED: Record<string, string> = { Kosovo: "XKX", Somaliland: "SOM", "N. Cyprus": "CYP" };

/** Places with an extent of their own: drawn as an area whose edge is not known. */
const WIDE = new Set(["province", "region", "district"]);

interface Dot { x: number; y: number; r: number; spots: Spot[]; events: number; sources: number; quads: number[]; wide: boolean }

const radius = (sources: number) => 3.5 + 2.6 * Math.sqrt(sources);

const sum = (spots: Spot[], of: (s: Spot) => number) => spots.reduce((n, s) => n + of(s), 0);

/** Dots that would cover each other become one. */
function cluster(spots: Spot[], at: (s: Spot) => [number, number] | null, k: number): Dot[] {
  const dots: Dot[] = [];
  for (const spot of [...spots].sort((a, b) => b.sources - a.sources)) {
    const point = at(spot);
    if (!point) continue;
    const wide = WIDE.has(spot.precision);
    const near = dots.find((d) => d.wide === wide && Math.hypot((d.x - point[0]) * k, (d.y - point[1]) * k) < d.r + radius(spot.sources) * 0.55);
    if (near) near.spots.push(spot);
    else dots.push({ x: point[0], y: point[1], r: radius(spot.sources), spots: [spot], events: 0, sources: 0, quads: [], wide });
    const dot = near ?? dots[dots.length - 1];
    dot.sources = sum(dot.spots, (s) => s.sources);
    dot.r = Math.min(34, radius(dot.sources));
  }
  for (const dot of dots) {
    dot.events = sum(dot.spots, (s) => s.events);
    dot.quads = [0, 1, 2, 3].map((q) => sum(dot.spots, (s) => s.quads[q]));
  }
  return dots;
}

/** A ring whose parts are the classes of its events. */
function Ring({ r, quads }: { r: number; quads: number[] }) {
  const all = quads.reduce((a, b) => a + b, 0);
  const round = 2 * Math.PI * r;
  let before = 0;
  return (
    <>
      {quads.map((n, k) => {
        if (!n) return null;
        const part = (n / all) * round;
        const ring = <circle key={k} r={r} fill="none" stroke={quadColor(k + 1)} stroke-width="3" stroke-dasharray={`${part} ${round - part}`} stroke-dashoffset={-before} />;
        before += part;
        return ring;
      })}
    </>
  );
}

const most = (quads: number[]) => quads.indexOf(Math.max(...quads)) + 1;

const told = (name: string, events: number, sources: number, quads: number[]) =>
  `${name}: ${count(events, "event")}, ${count(sources, "independent source")} (${quads.map((n, k) => (n ? `${n} ${QUADS[k + 1]}` : "")).filter(Boolean).join(", ")})`;

export function WorldMap({ about }: { about: About | null }) {
  const { query } = useRoute();
  const { data, error, busy } = useGet<MapData>(asked("/api/map", query));
  const timeline = useGet<Timeline>(asked("/api/timeline", query));
  const world = useGet<World>(atlas);
  const [box, width] = useWidth<HTMLDivElement>();
  const svg = useRef<SVGSVGElement>(null);
  const behaviour = useRef<ZoomBehavior<SVGSVGElement, unknown> | null>(null);
  const [view, setView] = useState<ZoomTransform>(zoomIdentity);
  const height = Math.max(280, Math.round(Math.min(width * 0.52, innerHeight * 0.66)));
  const chosen = query.get("place") ?? "";
  const country = query.get("country") ?? "";
  const list = useGet<Page<Row>>(chosen || country ? asked("/api/events", query, FILTERS, { size: "30" }) : null);

  const projection = useMemo(() => (width ? geoNaturalEarth1().fitExtent([[6, 6], [width - 6, height - 6]], { type: "Sphere" }) : null), [width, height]);
  const countries = useMemo(() => (world.data ? feature(world.data, world.data.objects.countries).features : []), [world.data]);
  const shapes = useMemo(() => {
    if (!projection) return [];
    const path = geoPath(projection);
    return countries.map((c) => ({ code: NAMED[c.properties?.name ?? ""] ?? codes[String(c.id).padStart(3, "0")] ?? "", name: c.properties?.name ?? "", d: path(c) ?? "", box: path.bounds(c) }));
  }, [countries, projection]);
  const borders = useMemo(() => {
    if (!projection || !world.data) return "";
    return geoPath(projection)(mesh(world.data, world.data.objects.countries, (a, b) => a !== b)) ?? "";
  }, [world.data, projection]);

  const whole = useMemo(() => new Map((data?.places ?? []).filter((p) => p.precision === "country" && p.country).map((p) => [p.country!, p])), [data]);
  const dots = useMemo(() => {
    if (!projection || !data) return [];
    const spots = data.places.filter((p) => p.precision !== "country" && p.lat !== null && p.lon !== null);
    return cluster(spots, (s) => projection([s.lon!, s.lat!]), view.k);
  }, [data, projection, view.k]);

  useEffect(() => {
    if (!svg.current || !width) return;
    const z = zoom<SVGSVGElement, unknown>().scaleExtent([1, 60]).translateExtent([[0, 0], [width, height]]).on("zoom", (e) => setView(e.transform));
    behaviour.current = z;
    select(svg.current).call(z).on("dblclick.zoom", null);
  }, [width, height]);

  // At first the part of the world where something happened is shown.
  const framed = useRef("");
  const fit = () => {
    if (!projection || !data || !svg.current || !behaviour.current) return;
    const points = data.places.filter((p) => p.lat !== null && p.lon !== null).map((p) => projection([p.lon!, p.lat!])).filter((p): p is [number, number] => !!p);
    if (!points.length) return;
    const xs = points.map((p) => p[0]).sort((a, b) => a - b);
    const ys = points.map((p) => p[1]).sort((a, b) => a - b);
    const cut = (list: number[], share: number) => list[Math.min(list.length - 1, Math.max(0, Math.round((list.length - 1) * share)))];
    const [x0, x1, y0, y1] = [cut(xs, 0.02), cut(xs, 0.98), cut(ys, 0.02), cut(ys, 0.98)];
    const k = Math.max(1, Math.min(14, 0.75 / Math.max((x1 - x0) / width, (y1 - y0) / height, 0.03)));
    select(svg.current).call(behaviour.current.transform, zoomIdentity.translate(width / 2, height / 2).scale(k).translate(-(x0 + x1) / 2, -(y0 + y1) / 2));
  };
  useEffect(() => {
    const key = `${about?.name}${width}`;
    if (data && projection && framed.current !== key) {
      framed.current = key;
      fit();
    }
  }, [data, projection]);

  const scale = (by: number) => svg.current && behaviour.current && select(svg.current).call(behaviour.current.scaleBy, by);
  const at = (x: number, y: number) => view.apply([x, y]);
  const strongest = Math.max(1, ...[...whole.values()].map((p) => p.sources));

  return (
    <section>
      <div class="line spread">
        <span class="faint">{data && <>{count(data.total - data.unplaced, "event")} with a place, {count(data.unplaced, "event")} without{data.left_out > 0 && `; ${count(data.left_out, "place")} left out`}</>}</span>
        <Downloads path="/api/map" query={query} />
      </div>
      <Failure error={error ?? world.error} />
      <div ref={box} class="map">
        <Busy busy={busy || world.busy} />
        {projection && (
          <svg ref={svg} width={width} height={height} role="group" aria-label="Map of events. The list below holds the same places.">
            <defs>
              {[1, 2, 3, 4].map((q) => (
                <pattern key={q} id={`hatch${q}`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                  <rect width="5" height="5" class="hatched" /><line x1="0" x2="0" y1="0" y2="5" stroke={quadColor(q)} stroke-width="2.2" />
                </pattern>
              ))}
            </defs>
            <g transform={view.toString()}>
              {shapes.map((s, k) => {
                const spot = whole.get(s.code);
                const on = spot && (chosen === spot.key || country === s.code);
                return (
                  <path key={k} d={s.d} class={`country ${spot ? "told" : ""} ${on ? "on" : ""}`}
                    fill={spot ? `url(#hatch${most(spot.quads)})` : undefined} fill-opacity={spot ? 0.35 + 0.6 * Math.sqrt(spot.sources / strongest) : undefined}
                    onClick={spot ? () => change({ place: chosen === spot.key ? null : spot.key }) : undefined}>
                    <title>{spot ? told(`${s.name}, somewhere in it`, spot.events, spot.sources, spot.quads) : s.name}</title>
                  </path>
                );
              })}
              <path d={borders} class="borders" style={{ strokeWidth: `${0.7 / view.k}px` }} />
            </g>
            {dots.map((d) => {
              const [x, y] = at(d.x, d.y);
              if (x < -40 || y < -40 || x > width + 40 || y > height + 40) return null;
              const names = d.spots.map((s) => s.name);
              const label = told(names.slice(0, 3).join(", ") + (names.length > 3 ? ` and ${names.length - 3} more places` : ""), d.events, d.sources, d.quads) + (d.wide ? ", somewhere in it" : "");
              const on = d.spots.some((s) => s.key === chosen);
              const act = () => {
                if (d.spots.length === 1) change({ place: on ? null : d.spots[0].key });
                else if (svg.current && behaviour.current) select(svg.current).call(behaviour.current.transform, zoomIdentity.translate(width / 2, height / 2).scale(Math.min(60, view.k * 2.2)).translate(-d.x, -d.y));
              };
              return (
                <g key={d.spots[0].key} class={`dot ${d.wide ? "area" : ""} ${on ? "on" : ""}`} transform={`translate(${x},${y})`}>
                  <g tabIndex={0} role="button" aria-label={label} onClick={act} onKeyDown={(e) => e.key === "Enter" && act()}>
                  <title>{label}</title>
                  <circle r={d.wide ? d.r + 9 : d.r} fill={quadColor(most(d.quads))} class="body" />
                  {!d.wide && <Ring r={d.r} quads={d.quads} />}
                  </g>
                  {d.spots.length > 1 && <text dy="0.35em" aria-hidden="true">{d.spots.length}</text>}
                  {view.k > 2.5 && d.spots.length === 1 && <text class="name" aria-hidden="true" y={-d.r - (d.wide ? 13 : 5)}>{names[0]}</text>}
                </g>
              );
            })}
          </svg>
        )}
        <div class="zoom" role="group" aria-label="Zoom">
          <button type="button" onClick={() => scale(1.7)} aria-label="Closer">+</button>
          <button type="button" onClick={() => scale(1 / 1.7)} aria-label="Farther">−</button>
          <button type="button" onClick={fit} aria-label="fit to where something happened">fit</button>
          <button type="button" onClick={() => svg.current && behaviour.current && select(svg.current).call(behaviour.current.transform, zoomIdentity)} aria-label="all of the world">all</button>
        </div>
      </div>
      <div class="line spread">
        <Legend />
        <ul class="legend" aria-label="Precision"><li><span class="swatch dotted point" /> town or point</li><li><span class="swatch dotted wide" /> somewhere in a region</li><li><span class="swatch hatch" /> somewhere in a country</li><li>size: independent sources</li></ul>
      </div>
      <div class="chart small">{timeline.data && width > 60 && <Bars data={timeline.data} width={width} height={92} onBar={(since, until) => change({ since, until })} />}</div>
      {(chosen || country) && list.data && (
        <>
          <h2>{count(list.data.total, "event")} there</h2>
          <div class="list">{list.data.rows.map((r) => <EventCard key={r.doc + r.id} row={r} onOpen={() => openEvent(r.event)} />)}</div>
        </>
      )}
      <h2>Places</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Places">
        <table class="plain places">
          <thead><tr><th scope="col">Place</th><th scope="col">Country</th><th scope="col">Known to</th><th scope="col">Events</th><th scope="col">Sources</th>{[1, 2, 3, 4].map((q) => <th scope="col" key={q}>{QUADS[q]}</th>)}<th scope="col">Mean score</th></tr></thead>
          <tbody>
            {data?.places.slice(0, 200).map((p) => (
              <tr key={p.key} class={p.key === chosen ? "current" : ""}>
                <td><button type="button" class="link" onClick={() => change({ place: p.key === chosen ? null : p.key })}><Words>{p.name}</Words></button></td>
                <td>{p.country}</td><td>{p.precision}</td><td class="number">{p.events}</td><td class="number">{p.sources}</td>
                {p.quads.map((n, k) => <td class="number" key={k}>{n || ""}</td>)}<td class="number">{p.score}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
