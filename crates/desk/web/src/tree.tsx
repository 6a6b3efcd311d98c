/** The tree of a sentence as arcs over its words. */
import type { Sentence } from "./types";

const HEIGHT = 26;

export function Tree({ sentence }: { sentence: Sentence }) {
  const { tokens } = sentence;
  const widths = tokens.map((t) => Math.max(t.form.length, t.deprel.length * 0.8, t.upos.length * 0.9) * 8 + 18);
  const at: number[] = [];
  widths.reduce((x, w) => (at.push(x + w / 2), x + w), 0);
  const width = widths.reduce((a, b) => a + b, 0);
  const arcs = tokens.flatMap((t, k) => (t.head === null ? [] : [{ k, head: t.head, span: Math.abs(t.head - k) }]));
  // An arc stands above all arcs under it.
  const level = new Map<number, number>();
  for (const arc of [...arcs].sort((a, b) => a.span - b.span)) {
    const [lo, hi] = [Math.min(arc.k, arc.head), Math.max(arc.k, arc.head)];
    const under = arcs.filter((o) => level.has(o.k) && Math.min(o.k, o.head) >= lo && Math.max(o.k, o.head) <= hi);
    level.set(arc.k, 1 + Math.max(0, ...under.map((o) => level.get(o.k)!)));
  }
  const tallest = Math.max(1, ...level.values());
  const base = tallest * HEIGHT + 16;
  const triggers = new Set(sentence.tellings.map((t) => t.frame));
  return (
    <figure class="tree" tabIndex={0} aria-label="Tree">
      <svg width={width} height={base + 46} role="img" aria-label={tokens.map((t) => `${t.form} ${t.deprel}${t.head === null ? "" : ` of ${tokens[t.head]?.form}`}`).join("; ")}>
        {arcs.map(({ k, head }) => {
          const y = base - level.get(k)! * HEIGHT;
          const from = at[head] + (k < head ? -5 : 5);
          return (
            <g key={k}>
              <path class="arc" d={`M${from},${base}V${y + 8}Q${from},${y} ${from + (at[k] < from ? -8 : 8)},${y}H${at[k] + (at[k] < from ? 8 : -8)}Q${at[k]},${y} ${at[k]},${y + 8}V${base - 3}`} />
              <path class="tip" d={`M${at[k] - 3},${base - 7}l3,6l3,-6z`} />
              <text class="relation" x={(from + at[k]) / 2} y={y - 3}>{tokens[k].deprel}</text>
            </g>
          );
        })}
        {tokens.map((t, k) => (
          <g key={k}>
            {t.head === null && <text class="relation" x={at[k]} y={base - 6}>root</text>}
            <text class="form" x={at[k]} y={base + 16}>{t.form}</text>
            <text class="pos" x={at[k]} y={base + 33}>{t.upos}</text>
          </g>
        ))}
      </svg>
      {triggers.size > 0 && <figcaption class="faint">frames: {[...triggers].join(", ")}</figcaption>}
    </figure>
  );
}
