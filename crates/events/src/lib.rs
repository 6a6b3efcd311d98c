//! What was done: frames matched on trees, with parties, mode and status.
//!
//! [`Coder`] holds the tables; [`Coder::read`] gives the tellings of acts in a parsed document whose cast is known.
//! Time, place and sources are filled in by the stages that know them, then [`merge::groups`] brings the tellings of one
//! act together.

#![forbid(unsafe_code)]

mod bag;
pub mod contexts;
pub mod factuality;
pub mod fill;
pub mod frame;
mod listed;
pub mod magnitude;
pub mod matcher;
pub mod merge;
pub mod misdeeds;
pub mod occurrence;
mod own;
pub mod party;
pub mod picker;
pub mod plover;
pub mod proposer;
pub mod scorer;
pub mod speech;
pub mod status;
pub mod subjects;
pub mod support;
pub mod table;

pub use occurrence::Occurrence;
pub use own::OwnError;

use dateline_core::cast::Cast;
use dateline_core::ranker;
use dateline_core::{Document, Status};
use std::path::Path;

/// The tables of this stage.
#[derive(Debug)]
pub struct Coder {
    /// Frames of all types.
    pub frames: table::FrameTable,
    /// Support verbs.
    pub support: support::SupportVerbs,
    /// Cues of status.
    pub status: status::StatusCues,
    /// Words that tell what a number counts.
    pub numbers: magnitude::Numbers,
    /// Cues of contexts.
    pub contexts: contexts::Contexts,
    /// Cues of what a whole report is about.
    pub subjects: subjects::Subjects,
    /// Deeds for which a speaker blames somebody.
    pub misdeeds: misdeeds::Misdeeds,
    /// Which events are worth writing down.
    pub scorer: scorer::Scorer,
    /// Who of those spoken of are parties.
    pub parties: ranker::Ranker,
    /// Which tellings are of one act.
    pub same: ranker::Ranker,
    /// Types of acts between two parties where frames are silent or torn.
    pub proposer: proposer::Proposer,
    /// How certain it is that an act took place.
    pub factuality: factuality::Factuality,
}

/// What is wrong with a table.
#[derive(Debug, thiserror::Error)]
pub enum EventsError {
    /// A table of the user's that cannot be read.
    #[error(transparent)]
    Own(#[from] OwnError),
    /// A frame table.
    #[error(transparent)]
    Frames(#[from] table::TableError),
    /// A table of cues.
    #[error(transparent)]
    Status(#[from] status::CueError),
    /// The table of subjects.
    #[error(transparent)]
    Subjects(#[from] subjects::SubjectError),
    /// The table of misdeeds.
    #[error(transparent)]
    Misdeeds(#[from] misdeeds::MisdeedError),
    /// The scorer's weights.
    #[error(transparent)]
    Scorer(#[from] scorer::WeightError),
    /// The weights for what a clause leaves out.
    #[error(transparent)]
    Ranker(#[from] ranker::WeightError),
    /// The proposer's weights.
    #[error(transparent)]
    Proposer(#[from] proposer::WeightError),
    /// The weights of certainty.
    #[error(transparent)]
    Factuality(#[from] factuality::WeightError),
}

impl Coder {
    /// The tables that are part of the program.
    pub fn embedded() -> Result<Coder, EventsError> {
        Ok(Coder {
            frames: table::FrameTable::embedded()?,
            support: support::SupportVerbs::embedded(),
            status: status::StatusCues::embedded()?,
            numbers: magnitude::Numbers::embedded(),
            contexts: contexts::Contexts::embedded()?,
            subjects: subjects::Subjects::embedded()?,
            misdeeds: misdeeds::Misdeeds::embedded()?,
            scorer: scorer::Scorer::embedded()?,
            parties: ranker::Ranker::parse("parties", include_str!("../../../models/parties.tsv"))?,
            same: ranker::Ranker::parse("same", include_str!("../../../models/same.tsv"))?,
            proposer: proposer::Proposer::embedded()?,
            factuality: factuality::Factuality::embedded()?,
        })
    }

    /// The tables of a folder, in front of those that are part of the program: `frames/TYPE.tsv`, `status/cues.tsv` and
    /// `contexts.tsv`, with the columns of the tables under `knowledge/`. Each may be missing.
    ///
    /// # Errors
    /// A table that cannot be read, or a line of it that does not follow its format, with its file and number.
    pub fn with_dir(folder: &Path) -> Result<Coder, EventsError> {
        let own = own::OwnTables::in_folder(folder)?;
        let mut coder = Coder::embedded()?;
        if !own.frames.is_empty() {
            coder.frames = table::FrameTable::with_own(&own.frames)?;
        }
        if let Some(cues) = &own.cues {
            coder.status = status::StatusCues::with_own(cues)?;
        }
        if let Some(contexts) = &own.contexts {
            coder.contexts = contexts::Contexts::with_own(contexts)?;
        }
        Ok(coder)
    }

    /// The tellings of acts in `doc`, in text order, with parties, status and numbers.
    /// `speeches` are the words of others that the report gives.
    pub fn read(&self, doc: &Document, cast: &Cast, speeches: &[speech::Speech]) -> Vec<Occurrence> {
        let (mut matches, mut loose) = (Vec::new(), Vec::new());
        matcher::matches(doc, cast, &self.frames, &self.support, &mut matches, &mut loose);
        let told = speech::Told::new(speeches);
        speech::matches(doc, cast, &self.frames, &told, &mut matches);
        misdeeds::matches(doc, cast, &self.frames, &self.misdeeds, &told, &mut matches);
        let mut taken: Vec<u32> = matches.iter().map(|m| m.trigger).collect();
        taken.sort_unstable();
        matches.extend(loose.into_iter().filter(|m| taken.binary_search(&m.trigger).is_err()));
        matches.sort_by_key(|m| m.trigger);
        let mut all: Vec<Occurrence> = matches
            .into_iter()
            .map(|m| {
                let spoken = speech::is_speech(self.frames.frame(m.frame));
                let status =
                    if spoken { Status::Happened } else { self.status.read(doc, m.trigger, &m.others) };
                Occurrence::new(doc, &self.frames, m, status, &self.numbers)
            })
            .collect();
        occurrence::mark_contents(&doc.syntax, &mut all);
        all
    }
}
