//! Who deals with whom in a report, as the slots of all its acts tell: a party that one act leaves open is most often one that
//! another act of the report names.

use crate::occurrence::Occurrence;
use crate::picker::Side;
use dateline_core::EventType;

/// One party of one act.
#[derive(Clone, Copy, Debug)]
struct Deal {
    member: u32,
    act: usize,
    side: Side,
    kind: EventType,
    /// The first party of the other side.
    other: Option<u32>,
}

/// The told parties of all acts of a report.
#[derive(Clone, Debug, Default)]
pub struct Dealings {
    /// By member, then in the order of the acts.
    deals: Vec<Deal>,
}

/// How often a member is a party in the other acts of its report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// On the side that is asked for.
    pub same_side: usize,
    /// On the other side.
    pub other_side: usize,
    /// On the side that is asked for, in acts of the same type.
    pub same_type: usize,
    /// On the side that is asked for, in acts of the same quad class.
    pub same_quad: usize,
    /// On the other side, in acts of the same quad class.
    pub reversed_quad: usize,
    /// On the side that is asked for, with the same party on the other.
    pub same_pair: usize,
}

impl Dealings {
    /// Of acts whose first telling holds the parties that slots tell.
    pub fn of(acts: &[Vec<Occurrence>]) -> Dealings {
        let mut deals = Vec::new();
        for (act, tellings) in acts.iter().enumerate() {
            let o = &tellings[0];
            for (side, own, other) in
                [(Side::Actor, &o.actors, &o.recipients), (Side::Recipient, &o.recipients, &o.actors)]
            {
                let other = other.first().copied();
                deals.extend(own.iter().map(|&member| Deal { member, act, side, kind: o.event_type, other }));
            }
        }
        deals.sort_by_key(|d| d.member);
        Dealings { deals }
    }

    /// What `member` does in the acts other than the one numbered `act`, which is of type `kind` and has `other` on its
    /// other side.
    pub fn share(&self, member: u32, act: usize, side: Side, kind: EventType, other: Option<u32>) -> Share {
        let from = self.deals.partition_point(|d| d.member < member);
        let mut share = Share::default();
        for d in self.deals[from..].iter().take_while(|d| d.member == member).filter(|d| d.act != act) {
            let quad = d.kind.quad() == kind.quad();
            if d.side == side {
                share.same_side += 1;
                share.same_type += usize::from(d.kind == kind);
                share.same_quad += usize::from(quad);
                share.same_pair += usize::from(other.is_some() && d.other == other);
            } else {
                share.other_side += 1;
                share.reversed_quad += usize::from(quad);
            }
        }
        share
    }
}
