/** Who acts on whom. */
import { drag } from "d3-drag";
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from "d3-force";
import { select } from "d3-selection";
import { useEffect, useRef } from "preact/hooks";
import type { Edge, Network as Data, Node, Page, Row, Timeline } from "../types";
import { asked, useGet } from "../api";
import { FILTERS, change, useRoute } from "../route";
import { Busy, Downloads, EventCard, Failure, Words, openEvent, useWidth } from "../common";
import { Bars } from "../chart";
import { count, scoreColor } from "../words";

interface Body extends SimulationNodeDatum { node: Node; r: number }
interface Line extends SimulationLinkDatum<Body> { edge: Edge }

const pairOf = (e: Edge) => `${e.a}|${e.b}`;

function told(e: Edge): string {
  const parts = [e.forth && `${e.a} to ${e.b}: ${e.forth}`, e.back && `${e.b} to ${e.a}: ${e.back}`, e.mutual && `together: ${e.mutual}`].filter(Boolean);
  return `${e.a} and ${e.b}: ${count(e.events, "event")}, mean score ${e.score} (${parts.join(", ")})`;
}

function Graph({ data, width, height, pair, party, onPair, onParty }: {
  data: Data; width: number; height: number; pair: string; party: string; onPair: (e: Edge) => void; onParty: (n: Node) => void;
}) {
  const svg = useRef<SVGSVGElement>(null);
  // Where nodes were put, so that they stay there when something else is chosen.
  const put = useRef(new Map<string, { x: number; y: number }>());
  useEffect(() => {
    if (!svg.current) return;
    const root = select(svg.current);
    root.selectAll("*").remove();
    const top = Math.max(1, ...data.nodes.map((n) => n.events));
    // From a fixed circle, so that the same network looks the same.
    const bodies: Body[] = data.nodes.map((node, k) => {
      const turn = (2 * Math.PI * k) / data.nodes.length;
      const circle = { x: width / 2 + Math.cos(turn) * width * 0.25, y: height / 2 + Math.sin(turn) * height * 0.25 };
      return { node, r: 6 + 20 * Math.sqrt(node.events / top), ...(put.current.get(node.id) ?? circle) };
    });
    const byId = new Map(bodies.map((b) => [b.node.id, b]));
    const lines: Line[] = data.edges.map((edge) => ({ edge, source: byId.get(edge.a)!, target: byId.get(edge.b)! }));
    const strongest = Math.max(1, ...data.edges.map((e) => e.events));
    // Few nodes take the room of many.
    const room = (Math.min(width, 900) / 900) * Math.min(1.9, Math.max(1, Math.sqrt(26 / data.nodes.length)));
    const simulation = forceSimulation(bodies)
      .force("link", forceLink<Body, Line>(lines).distance((l) => (l.source as Body).r + (l.target as Body).r + (55 + 80 * (1 - Math.sqrt(l.edge.events / strongest))) * room).strength((l) => 0.1 + 0.5 * (l.edge.events / strongest)))
      .force("charge", forceManyBody().strength(-420 * room * room))
      .force("x", forceX(width / 2).strength(0.06))
      .force("y", forceY(height / 2).strength(0.11))
      .force("collide", forceCollide<Body>((b) => b.r + 9))
      .stop();
    if (!data.nodes.every((n) => put.current.has(n.id))) simulation.tick(260);

    const edges = root.append("g").selectAll("g").data(lines).join("g").attr("class", (l) => `edge ${pairOf(l.edge) === pair ? "on" : ""}`)
      .attr("tabindex", 0).attr("role", "button").attr("aria-label", (l) => told(l.edge)).on("click", (_, l) => onPair(l.edge))
      .on("keydown", (e: KeyboardEvent, l) => e.key === "Enter" && onPair(l.edge));
    edges.append("title").text((l) => told(l.edge));
    edges.append("line").attr("class", "target");
    edges.append("line").attr("class", "drawn").attr("stroke-width", (l) => 1 + 7 * Math.sqrt(l.edge.events / strongest)).each(function (l) {
      this.style.stroke = scoreColor(l.edge.score);
    });
    const tips = edges.append("path").attr("class", "tip").each(function (l) {
      this.style.fill = scoreColor(l.edge.score);
    });
    const nodes = root.append("g").selectAll("g").data(bodies).join("g").attr("class", (b) => `node ${b.node.id === party ? "on" : ""}`)
      .attr("tabindex", 0).attr("role", "button").attr("aria-label", (b) => `${b.node.label}: ${count(b.node.events, "event")}, mean score ${b.node.score}`)
      .on("click", (_, b) => onParty(b.node)).on("keydown", (e: KeyboardEvent, b) => e.key === "Enter" && onParty(b.node));
    nodes.append("title").text((b) => `${b.node.label}: ${count(b.node.events, "event")}, mean score ${b.node.score}`);
    nodes.append("circle").attr("r", (b) => b.r).each(function (b) {
      this.style.fill = scoreColor(b.node.score);
    });
    nodes.append("text").attr("y", (b) => b.r + 13).text((b) => (b.node.label.length > 26 ? `${b.node.label.slice(0, 25)}…` : b.node.label));

    const place = () => {
      for (const b of bodies) {
        b.x = Math.max(b.r + 4, Math.min(width - b.r - 4, b.x!));
        b.y = Math.max(b.r + 4, Math.min(height - b.r - 18, b.y!));
      }
      const end = (l: Line, of: "source" | "target") => l[of] as Body;
      edges.selectAll<SVGLineElement, Line>("line").attr("x1", (l) => end(l, "source").x!).attr("y1", (l) => end(l, "source").y!)
        .attr("x2", (l) => end(l, "target").x!).attr("y2", (l) => end(l, "target").y!);
      tips.attr("d", (l) => {
        // A tip points where more of the acts go; none where they go both ways.
        const { forth, back } = l.edge;
        if (forth === back) return "";
        const [from, to] = forth > back ? [end(l, "source"), end(l, "target")] : [end(l, "target"), end(l, "source")];
        const [dx, dy] = [to.x! - from.x!, to.y! - from.y!];
        const long = Math.hypot(dx, dy) || 1;
        const [ux, uy] = [dx / long, dy / long];
        const size = 6 + 5 * Math.sqrt(l.edge.events / strongest);
        const [x, y] = [to.x! - ux * (to.r + 2), to.y! - uy * (to.r + 2)];
        return `M${x},${y}L${x - ux * size - uy * size * 0.5},${y - uy * size + ux * size * 0.5}L${x - ux * size + uy * size * 0.5},${y - uy * size - ux * size * 0.5}Z`;
      });
      nodes.attr("transform", (b) => `translate(${b.x},${b.y})`);
      for (const b of bodies) put.current.set(b.node.id, { x: b.x!, y: b.y! });
    };
    place();
    simulation.on("tick", place);
    nodes.call(drag<SVGGElement, Body>()
      .on("start", (e, b) => {
        if (!e.active) simulation.alphaTarget(0.25).restart();
        [b.fx, b.fy] = [b.x, b.y];
      })
      .on("drag", (e, b) => void ([b.fx, b.fy] = [e.x, e.y]))
      .on("end", (e) => void (e.active || simulation.alphaTarget(0))) as never);
    return () => void simulation.stop();
  }, [data, width, height, pair, party]);
  return <svg ref={svg} width={width} height={height} class="graph" role="group" aria-label="Network. The table below holds the same." />;
}

export function Network() {
  const { query } = useRoute();
  const { data, error, busy } = useGet<Data>(asked("/api/network", unpaired(query), [...FILTERS, "by", "nodes"]));
  const timeline = useGet<Timeline>(asked("/api/timeline", query));
  const [box, width] = useWidth<HTMLDivElement>();
  const by = query.get("by") ?? "country";
  const pair = query.get("pair") ?? "";
  const party = query.get("party") ?? "";
  const list = useGet<Page<Row>>(pair ? asked("/api/events", query, [...FILTERS, "page"], { size: "20" }) : null);
  const height = Math.max(340, Math.min(620, Math.round(width * 0.62)));
  const edge = data?.edges.find((e) => pairOf(e) === pair);
  return (
    <section>
      <div class="line spread">
        <div class="tabs" role="group" aria-label="Nodes">
          {[["country", "countries"], ["code", "sectors"], ["party", "parties"]].map(([key, name]) => (
            <button type="button" key={key} aria-pressed={by === key} onClick={() => change({ by: key === "country" ? null : key, pair: null, party: null })}>{name}</button>
          ))}
          <label>at most <select value={query.get("nodes") ?? "40"} onChange={(e) => change({ nodes: e.currentTarget.value })}>{["10", "20", "40", "80", "150"].map((n) => <option key={n}>{n}</option>)}</select></label>
        </div>
        <Downloads path="/api/network" query={unpaired(query)} keys={[...FILTERS, "by", "nodes"]} />
      </div>
      <Failure error={error} />
      <div ref={box} class="network">
        <Busy busy={busy} />
        {data && width > 60 && data.nodes.length > 0 && (
          <Graph data={data} width={width} height={height} pair={pair} party={party}
            onPair={(e) => change({ pair: pair === pairOf(e) ? null : pairOf(e) })} onParty={(n) => change({ party: party === n.id ? null : n.id, pair: null })} />
        )}
        {data && !data.nodes.length && <p class="empty">Nobody acts on anybody here.</p>}
      </div>
      <div class="line spread">
        <div class="scale"><span>conflict −8</span><span class="ramp" /><span>+8 cooperation</span><span class="faint">mean score; width: events; tip: where more acts go</span></div>
        <span class="faint">{data && <>{count(data.between, "event")} between two of them, of {data.total}{data.left_out > 0 && `; ${count(data.left_out, "node")} left out`}</>}</span>
      </div>
      <div class="chart small">{timeline.data && width > 60 && <Bars data={timeline.data} width={width} height={92} onBar={(since, until) => change({ since, until })} />}</div>
      {pair && list.data && (
        <>
          <h2 id="between">{edge ? told(edge) : `${pair.replace("|", " and ")}: ${count(list.data.total, "event")}`}</h2>
          <div class="list">{list.data.rows.map((r) => <EventCard key={r.doc + r.id} row={r} onOpen={() => openEvent(r.event)} />)}</div>
        </>
      )}
      <h2>Pairs</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Pairs">
        <table class="plain pairs">
          <thead><tr><th scope="col">Between</th><th scope="col">and</th><th scope="col">Events</th><th scope="col">→</th><th scope="col">←</th><th scope="col">together</th><th scope="col">Mean score</th></tr></thead>
          <tbody>
            {data?.edges.slice(0, 200).map((e) => (
              <tr key={pairOf(e)} class={pairOf(e) === pair ? "current" : ""}>
                <td><button type="button" class="link" onClick={() => change({ pair: pairOf(e) === pair ? null : pairOf(e) })}><Words>{name(data, e.a)}</Words></button></td>
                <td><Words>{name(data, e.b)}</Words></td><td class="number">{e.events}</td><td class="number">{e.forth || ""}</td><td class="number">{e.back || ""}</td><td class="number">{e.mutual || ""}</td>
                <td class="number"><span class="swatch" style={{ background: scoreColor(e.score) }} /> {e.score}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const name = (data: Data, id: string) => data.nodes.find((n) => n.id === id)?.label ?? id;

/** The network stays whole while one of its edges is looked at. */
function unpaired(query: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(query);
  next.delete("pair");
  return next;
}
