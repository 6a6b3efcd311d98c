//! Which events are asked for.

use crate::cluster::Cluster;
use crate::link::Linked;
use crate::plan::Plan;
use crate::report::Party;
use jiff::civil::Date;

/// Which events are asked for; what is left out is not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// First day.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Identifier of a story, or words of its title.
    pub story: Option<String>,
    /// Name, country or code of a party.
    pub actor: Option<String>,
    /// Two parties, each on one side.
    pub dyad: Option<(String, String)>,
    /// Name or country of a place.
    pub place: Option<String>,
}

impl Choice {
    /// Whether a day lies within.
    pub fn has_day(&self, day: Option<Date>) -> bool {
        match day {
            Some(day) => self.since.is_none_or(|s| day >= s) && self.until.is_none_or(|u| day <= u),
            None => self.since.is_none() && self.until.is_none(),
        }
    }

    /// Whether an event is asked for.
    pub fn has(&self, linked: &Linked, cluster: &Cluster) -> bool {
        // What is told late belongs to the days of its reports, what is told exactly to its own.
        self.has_day(cluster.day())
            && self.has_parties(&cluster.actors, &cluster.recipients)
            && self.story.as_ref().is_none_or(|s| self::story(linked, &cluster.story, s))
            && self.place.as_ref().is_none_or(|p| {
                let at = cluster.place.as_ref();
                at.is_some_and(|w| {
                    alike(&w.name, p) || w.country.is_some_and(|c| c.as_str().eq_ignore_ascii_case(p))
                })
            })
    }

    /// Whether a plan is asked for; its day is not looked at.
    pub fn has_plan(&self, linked: &Linked, plan: &Plan) -> bool {
        let story = |s: &String| self::story(linked, &plan.story, s);
        self.has_parties(&plan.actors, &plan.recipients)
            && self.story.as_ref().is_none_or(story)
            && self.place.as_ref().is_none_or(|p| plan.place.as_ref().is_some_and(|w| alike(&w.name, p)))
    }

    /// Whether a party is one of the two that are asked for; everybody is, when none are.
    pub(crate) fn has_side(&self, party: &Party) -> bool {
        self.dyad.as_ref().is_none_or(|(a, b)| is(party, a) || is(party, b))
    }

    fn has_parties(&self, actors: &[Party], recipients: &[Party]) -> bool {
        let side = |side: &[Party], name: &str| side.iter().any(|p| is(p, name));
        let one = |name: &str| side(actors, name) || side(recipients, name);
        self.actor.as_deref().is_none_or(one)
            && self.dyad.as_ref().is_none_or(|(a, b)| {
                let apart =
                    (side(actors, a) && side(recipients, b)) || (side(actors, b) && side(recipients, a));
                apart || (recipients.is_empty() && side(actors, a) && side(actors, b))
            })
    }
}

fn is(party: &Party, name: &str) -> bool {
    alike(&party.name, name)
        || party.code.eq_ignore_ascii_case(name)
        || party.country.is_some_and(|c| c.as_str().eq_ignore_ascii_case(name))
}

fn alike(name: &str, asked: &str) -> bool {
    !asked.is_empty() && name.to_lowercase().contains(&asked.to_lowercase())
}

fn story(linked: &Linked, id: &str, asked: &str) -> bool {
    id == asked || linked.stories.iter().any(|s| s.id == id && alike(&s.title, asked))
}
