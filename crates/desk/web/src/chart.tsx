/** Events over time as stacked bars, with a brush that sets the days of the filter. */
import { axisBottom, axisLeft } from "d3-axis";
import { brushX } from "d3-brush";
import { scaleLinear, scaleTime } from "d3-scale";
import { select } from "d3-selection";
import { useEffect, useRef } from "preact/hooks";
import type { Plan, Timeline } from "./types";
import { change } from "./route";
import { QUADS, count, quadColor } from "./words";

export const day = (text: string): Date => new Date(`${text}T00:00:00`);
const dayAfter = (text: string): Date => {
  const d = day(text);
  d.setDate(d.getDate() + 1);
  return d;
};
export const iso = (d: Date): string => `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, "0")}-${String(d.getDate()).padStart(2, "0")}`;

/** The class of a type, so that stacks of types keep the colours of classes. */
const QUAD_OF: Record<string, number> = {
  AGREE: 1, CONSULT: 1, SUPPORT: 1, CONCEDE: 1, COOPERATE: 2, AID: 2, RETREAT: 2, REQUEST: 3, ACCUSE: 3, REJECT: 3, THREATEN: 3,
  PROTEST: 4, SANCTION: 4, MOBILIZE: 4, COERCE: 4, ASSAULT: 4,
};

export function keyColor(key: string, keys: string[]): string {
  if (QUADS[key]) return quadColor(key);
  const quad = QUAD_OF[key];
  const siblings = keys.filter((k) => QUAD_OF[k] === quad);
  const light = (siblings.indexOf(key) / Math.max(1, siblings.length)) * 62;
  return `color-mix(in oklab, var(--quad${quad}), var(--surface) ${Math.round(light)}%)`;
}

/** Left and right of the chart, shared with the lanes below it. */
export const MARGIN = { left: 38, right: 14 };

export function xScale(data: Timeline, width: number) {
  const [from, to] = data.range!;
  return scaleTime().domain([day(from), dayAfter(to)]).range([MARGIN.left, Math.max(MARGIN.left + 10, width - MARGIN.right)]);
}

const SYMBOL: Record<string, string> = { kept: "filled", changed: "half", cancelled: "crossed", overdue: "late", open: "" };

export function Bars({ data, width, height = 220, plans = [], onBar, onPlan }: {
  data: Timeline; width: number; height?: number; plans?: Plan[]; onBar?: (start: string, end: string) => void; onPlan?: (plan: Plan) => void;
}) {
  const brush = useRef<SVGGElement>(null);
  const axes = useRef<SVGGElement>(null);
  const small = height < 120;
  const rows = plans.length ? 34 : 0;
  const bottom = height - 22 - rows;
  const x = data.range && width > 60 ? xScale(data, width) : null;
  const most = Math.max(1, ...data.bins.map((b) => b.counts.reduce((a, n) => a + n, 0)));
  const y = scaleLinear().domain([0, most]).nice(4).range([bottom, 8]);

  useEffect(() => {
    if (!x || !axes.current || !brush.current) return;
    const g = select(axes.current);
    g.selectAll("*").remove();
    g.append("g").attr("transform", `translate(0,${height - 22})`).call(axisBottom<Date>(x as never).ticks(Math.max(2, Math.floor(width / 95))).tickSizeOuter(0) as never);
    if (!small) g.append("g").attr("transform", `translate(${MARGIN.left},0)`).call(axisLeft(y).ticks(4).tickFormat((n) => (Number.isInteger(+n) ? String(n) : "")).tickSizeOuter(0));
    const b = brushX<unknown>().extent([[MARGIN.left, 4], [width - MARGIN.right, bottom]]).on("end", (event) => {
      if (!event.sourceEvent || !event.selection) return;
      const [a, z] = (event.selection as [number, number]).map((px) => x.invert(px));
      const last = new Date(z.getTime() - 1);
      select(brush.current!).call(b.clear as never);
      change({ since: iso(a), until: iso(last < a ? a : last) });
    });
    select(brush.current).call(b as never);
  }, [data, width, height]);

  if (!data.range) return <p class="empty">No event with a day.</p>;
  if (!x) return null;
  const slots: number[] = [];
  return (
    <svg class="bars" width={width} height={height} role="group" aria-label={`${count(data.total, "event")} from ${data.range[0]} to ${data.range[1]}, by ${data.step}. The table below has the numbers.`}>
      <g ref={axes} class="axes" aria-hidden="true" />
      <g ref={brush} class="brush" aria-hidden="true" />
      <g>
        {data.bins.map((b) => {
          const [left, right] = [x(day(b.start)), x(dayAfter(b.end))];
          const wide = Math.max(1, right - left - (right - left > 5 ? 1.5 : 0));
          let top = bottom;
          return (
            <g key={b.start} class="bar" onClick={() => onBar?.(b.start, b.end)}
              onMouseDown={(e) => {
                // Dragging may begin on a bar, which lies over the brush.
                const { clientX, clientY, button } = e;
                brush.current?.querySelector(".overlay")?.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, view: window, clientX, clientY, button }));
              }}>
              <title>{`${b.start === b.end ? b.start : `${b.start} – ${b.end}`}\n${b.counts.map((n, k) => (n ? `${QUADS[data.keys[k]] ?? data.keys[k]}: ${n}` : "")).filter(Boolean).join("\n")}${b.reported ? `\n${b.reported} of them on the day of their report only` : ""}`}</title>
              {b.counts.map((n, k) => {
                if (!n) return null;
                const tall = bottom - y(n);
                top -= tall;
                return <rect key={k} x={left} width={wide} y={top} height={Math.max(0.5, tall - (tall > 4 ? 0.6 : 0))} fill={keyColor(data.keys[k], data.keys)} />;
              })}
            </g>
          );
        })}
      </g>
      {rows > 0 && (
        <g class="plans">
          {plans.map((p) => {
            const at = x(day(p.due!)) + 5;
            if (at < MARGIN.left || at > width - MARGIN.right) return null;
            const slot = slots.findIndex((end) => end < at - 12);
            const row = slot < 0 ? slots.length % 3 : slot % 3;
            slots[row] = at;
            const cy = bottom + 9 + row * 10;
            return (
              <g key={p.id} class={`plan ${p.state} ${SYMBOL[p.state]}`} tabIndex={0} role="button" aria-label={`Plan due ${p.due}, ${p.state}: ${p.text}`}
                onClick={() => onPlan?.(p)} onKeyDown={(e) => e.key === "Enter" && onPlan?.(p)}>
                <title>{`Plan due ${p.due}, ${p.state}: ${p.text}`}</title>
                <circle cx={at} cy={cy} r={4.2} />
                {p.state === "changed" && <path d={`M${at},${cy - 4.2}a4.2,4.2 0 0 1 0,8.4z`} class="half" />}
                {p.state === "cancelled" && <path d={`M${at - 3},${cy - 3}l6,6m0,-6l-6,6`} class="cross" />}
              </g>
            );
          })}
        </g>
      )}
    </svg>
  );
}
