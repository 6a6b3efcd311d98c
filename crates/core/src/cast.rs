//! The cast of a report: who is spoken of, before it is written down as a record.

use crate::codes::{Country, EntityKind, Sector};
use crate::span::Span;
use crate::syntax::NONE;
use std::ops::Range;

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MentionKind {
    /// By a name.
    Name,
    /// By a description: "the prime minister", "Palestinian officials".
    Nominal,
    /// By a pronoun.
    Pronoun,
}

/// One mention of an entity.
#[derive(Clone, Copy, Debug)]
pub struct Mention {
    /// The words, without relative clauses.
    pub span: Span,
    /// The token that heads them.
    pub head: u32,
    /// Index into [`Cast::members`].
    pub member: u32,
    /// How it is named.
    pub kind: MentionKind,
}

/// One person, organization, group or country.
#[derive(Clone, Debug)]
pub struct Member {
    /// Fullest name the report gives, else the describing words.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Office or role.
    pub title: Option<String>,
    /// Country.
    pub country: Option<Country>,
    /// Sector.
    pub sector: Sector,
    /// Wikidata identifier, where a table knows it.
    pub wikidata: Option<String>,
    /// The country was not told by text or table but inferred from the passage.
    pub placed: bool,
    /// Known by a name rather than a description only.
    pub named: bool,
    /// More than one person: "officials", "protesters".
    pub plural: bool,
}

/// Everybody in one report.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// Who.
    pub members: Vec<Member>,
    /// Where they are mentioned, in text order.
    pub mentions: Vec<Mention>,
    /// For every token the mention it heads, or [`NONE`].
    pub of_token: Vec<u32>,
    /// For every member the indices of its mentions, and how many of its kind are mentioned more often; see
    /// [`Cast::count`].
    pub counts: Vec<(Vec<u32>, u32)>,
    /// Tokens that stand for several members at once: "they", "the two leaders"; in text order.
    pub sets: Vec<(u32, Vec<u32>)>,
}

impl Cast {
    /// Empties the cast for a document of `tokens` tokens.
    pub fn reset(&mut self, tokens: usize) {
        self.members.clear();
        self.mentions.clear();
        self.of_token.clear();
        self.sets.clear();
        self.counts.clear();
        self.of_token.resize(tokens, NONE);
    }

    /// The mention headed by `token`.
    pub fn mention_at(&self, token: u32) -> Option<&Mention> {
        let index = *self.of_token.get(token as usize)?;
        self.mentions.get(index as usize)
    }

    /// The member that `token` heads a mention of.
    pub fn member_at(&self, token: u32) -> Option<u32> {
        self.mention_at(token).map(|m| m.member)
    }

    /// The members that `token` stands for: those of its set, else the one it heads a mention of.
    pub fn members_at(&self, token: u32) -> Vec<u32> {
        match self.sets.binary_search_by_key(&token, |(t, _)| *t) {
            Ok(k) => self.sets[k].1.clone(),
            Err(_) => self.member_at(token).into_iter().collect(),
        }
    }

    /// Counts the mentions of all members; to be called when all mentions are known.
    pub fn count(&mut self) {
        let mut of_member = vec![Vec::new(); self.members.len()];
        for (k, m) in self.mentions.iter().enumerate() {
            of_member[m.member as usize].push(k as u32);
        }
        let mut sorted: Vec<(EntityKind, u32)> =
            self.members.iter().zip(&of_member).map(|(m, all)| (m.kind, all.len() as u32)).collect();
        sorted.sort_unstable_by_key(|&(kind, n)| (kind as u8, n));
        self.counts.clear();
        for (member, all) in self.members.iter().zip(of_member) {
            let n = all.len() as u32;
            let above = sorted.partition_point(|&(kind, x)| (kind as u8, x) <= (member.kind as u8, n));
            let end = sorted.partition_point(|&(kind, _)| kind as u8 <= member.kind as u8);
            self.counts.push((all, (end - above) as u32));
        }
    }

    /// The indices of the mentions of a member, in text order.
    pub fn indices_of(&self, member: u32) -> &[u32] {
        self.counts.get(member as usize).map_or(&[], |c| &c.0)
    }

    /// The mentions of a member, in text order.
    pub fn mentions_of(&self, member: u32) -> impl Iterator<Item = &Mention> {
        self.indices_of(member).iter().map(|&k| &self.mentions[k as usize])
    }

    /// The indices of the mentions that tokens in a range head.
    pub fn indices_in(&self, tokens: &Range<u32>) -> Range<u32> {
        let before = |token: u32| self.mentions.partition_point(|m| m.head < token) as u32;
        before(tokens.start)..before(tokens.end)
    }

    /// How often a member is mentioned.
    pub fn times_mentioned(&self, member: u32) -> u32 {
        self.indices_of(member).len() as u32
    }

    /// How many members of its kind are mentioned more often, up to three.
    pub fn salience(&self, member: u32) -> u32 {
        self.counts.get(member as usize).map_or(3, |c| c.1.min(3))
    }

    /// The member with this index.
    pub fn member(&self, index: u32) -> &Member {
        &self.members[index as usize]
    }
}
