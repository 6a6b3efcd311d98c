//! Who acts on whom.

use crate::columns::Columns;
use crate::error::Refusal;
use crate::filter::Ready;
use crate::lookups::By;
use crate::sheet::{Cell, Kind, Sheet};
use crate::store::Store;
use crate::views::facets::country_name;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Nodes when nothing else is asked for, and at most.
const NODES: (usize, usize) = (40, 200);

/// How a network looks.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct Look {
    /// What a node is: `country`, `party`, or `code` (country and sector).
    by: Option<String>,
    /// How many nodes, those with most events first.
    nodes: Option<usize>,
}

/// Who acts on whom.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Network {
    /// Events that are shown.
    total: usize,
    /// Events between two nodes; the others have one party, or parties of one node.
    between: usize,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    /// Nodes that are left out.
    left_out: usize,
}

/// A country, party or code.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Node {
    /// What the filters `party` and `pair` take.
    id: String,
    /// What people read.
    label: String,
    country: Option<String>,
    /// Events with other nodes.
    events: u32,
    /// Their mean score.
    score: f64,
}

/// What two do to each other.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Edge {
    a: String,
    b: String,
    /// Events between them, each once.
    events: u32,
    /// Events in which `a` acts on `b`, and the other way round.
    forth: u32,
    back: u32,
    /// Events in which all parties act together or on each other.
    mutual: u32,
    /// Mean score.
    score: f64,
    /// Events by quad class.
    quads: [u32; 4],
}

#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    events: u32,
    forth: u32,
    back: u32,
    mutual: u32,
    score: f64,
    quads: [u32; 4],
}

fn mean(sum: f64, n: u32) -> f64 {
    (sum / f64::from(n.max(1)) * 100.0).round() / 100.0
}

pub(crate) fn network(
    store: &Store,
    columns: &Columns,
    ready: &Ready,
    look: &Look,
) -> Result<Network, Refusal> {
    let by = match look.by.as_deref().filter(|b| !b.is_empty()) {
        None | Some("country") => By::Country,
        Some("code") => By::Code,
        Some("party") => By::Party,
        Some(other) => return Err(Refusal::unknown("by", other)),
    };
    let nodes = store.names.lookups().nodes(by);
    let shown = ready.rows(columns);
    let mut between = 0;
    let mut pairs: FxHashMap<(u32, u32), Sum> = FxHashMap::default();
    let mut sums: Vec<(u32, f64)> = vec![(0, 0.0); nodes.list.len()];
    let (mut met, mut touched): (Vec<(u32, u32, u8)>, Vec<u32>) = (Vec::new(), Vec::new());
    let (mut actors, mut recipients): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    for row in shown.iter() {
        met.clear();
        let side = |list: &[u32], nodes_of: &mut Vec<u32>| {
            nodes_of.clear();
            nodes_of.extend(list.iter().map(|&p| nodes.of[p as usize]));
        };
        side(columns.actors.of(row), &mut actors);
        side(columns.recipients.of(row), &mut recipients);
        for (k, &a) in actors.iter().enumerate() {
            for &b in &recipients {
                met.push(if a < b { (a, b, 1) } else { (b, a, 2) });
            }
            if recipients.is_empty() {
                met.extend(actors[k + 1..].iter().map(|&b| (a.min(b), a.max(b), 4)));
            }
        }
        met.retain(|(a, b, _)| a != b);
        met.sort_unstable();
        let score = f64::from(columns.scores[row]);
        touched.clear();
        let mut at = 0;
        while at < met.len() {
            let (a, b, _) = met[at];
            let mut ways = 0;
            while at < met.len() && (met[at].0, met[at].1) == (a, b) {
                ways |= met[at].2;
                at += 1;
            }
            let sum = pairs.entry((a, b)).or_default();
            sum.events += 1;
            sum.forth += u32::from(ways & 1 != 0);
            sum.back += u32::from(ways & 2 != 0);
            sum.mutual += u32::from(ways & 4 != 0);
            sum.score += score;
            sum.quads[columns.quads[row].clamp(1, 4) as usize - 1] += 1;
            touched.extend([a, b]);
        }
        between += usize::from(!touched.is_empty());
        touched.sort_unstable();
        touched.dedup();
        for &n in &touched {
            sums[n as usize].0 += 1;
            sums[n as usize].1 += score;
        }
    }
    let mut ranked: Vec<u32> = (0..nodes.list.len() as u32).filter(|&n| sums[n as usize].0 > 0).collect();
    ranked.sort_by_key(|&n| (std::cmp::Reverse(sums[n as usize].0), n));
    let most = look.nodes.unwrap_or(NODES.0).clamp(2, NODES.1);
    let left_out = ranked.len().saturating_sub(most);
    ranked.truncate(most);
    let mut shown_nodes = vec![false; nodes.list.len()];
    ranked.iter().for_each(|&n| shown_nodes[n as usize] = true);
    let node = |&n: &u32| {
        let id = nodes.list[n as usize].clone();
        let label =
            if by == By::Country { country_name(&id).unwrap_or_else(|| id.clone()) } else { id.clone() };
        let (events, score) = sums[n as usize];
        Node { label, country: nodes.countries[n as usize].clone(), events, score: mean(score, events), id }
    };
    let mut edges: Vec<((u32, u32), Sum)> = pairs
        .into_iter()
        .filter(|((a, b), _)| shown_nodes[*a as usize] && shown_nodes[*b as usize])
        .collect();
    edges.sort_by_key(|&(pair, sum)| (std::cmp::Reverse(sum.events), pair));
    let edge = |((a, b), sum): ((u32, u32), Sum)| Edge {
        a: nodes.list[a as usize].clone(),
        b: nodes.list[b as usize].clone(),
        events: sum.events,
        forth: sum.forth,
        back: sum.back,
        mutual: sum.mutual,
        score: mean(sum.score, sum.events),
        quads: sum.quads,
    };
    Ok(Network {
        total: shown.count(),
        between,
        nodes: ranked.iter().map(node).collect(),
        edges: edges.into_iter().map(edge).collect(),
        left_out,
    })
}

const COLUMNS: &[(&str, Kind)] = &[
    ("a", Kind::Text),
    ("b", Kind::Text),
    ("events", Kind::Int),
    ("a_to_b", Kind::Int),
    ("b_to_a", Kind::Int),
    ("mutual", Kind::Int),
    ("score_mean", Kind::Float),
    ("quad1", Kind::Int),
    ("quad2", Kind::Int),
    ("quad3", Kind::Int),
    ("quad4", Kind::Int),
];

/// The edges as a sheet.
pub(crate) fn sheet(network: &Network) -> Sheet {
    let mut sheet = Sheet::new(COLUMNS);
    for e in &network.edges {
        let mut row = vec![Cell::text(&e.a), Cell::text(&e.b)];
        row.extend([e.events, e.forth, e.back, e.mutual].map(|n| Cell::int(n as usize)));
        row.push(Cell::Float(Some(e.score)));
        row.extend(e.quads.map(|n| Cell::int(n as usize)));
        sheet.push(row);
    }
    sheet
}
