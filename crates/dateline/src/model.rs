//! Everything that is loaded once and shared by all threads.

use dateline_core::Country;
use dateline_events::ranker::{Ranker, WeightError};
use std::sync::Arc;

/// The tables and weights of all stages; immutable, cheap to share.
///
/// ```no_run
/// let model = dateline::Model::embedded()?;
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone)]
pub struct Model {
    pub(crate) parts: Arc<Parts>,
}

pub(crate) struct Parts {
    pub(crate) syntax: dateline_syntax::Model,
    pub(crate) knowledge: dateline_knowledge::Knowledge,
    pub(crate) coder: dateline_events::Coder,
    pub(crate) cues: dateline_voices::cues::Cues,
    pub(crate) times: dateline_time::Tagger,
    pub(crate) places: dateline_place::Resolver,
    pub(crate) where_ranker: Ranker,
    pub(crate) when_ranker: Ranker,
    pub(crate) whose_ranker: Ranker,
}

/// Why the reader cannot be set up or a report cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The English model.
    #[error("the English model cannot be loaded: {0}")]
    Syntax(#[from] dateline_syntax::LoadError),
    /// The tables of countries, persons and organizations.
    #[error(transparent)]
    Knowledge(#[from] dateline_knowledge::KnowledgeError),
    /// The frames and cues.
    #[error(transparent)]
    Events(#[from] dateline_events::EventsError),
    /// The tables of cues of speech.
    #[error(transparent)]
    Voices(#[from] dateline_voices::cues::TableError),
    /// The tables of time expressions.
    #[error(transparent)]
    Time(#[from] dateline_time::TableError),
    /// The gazetteer.
    #[error("the gazetteer cannot be loaded: {0}")]
    Place(#[from] dateline_place::Error),
    /// The weights for time, place and sources.
    #[error(transparent)]
    Ranker(#[from] WeightError),
    /// The report itself.
    #[error(transparent)]
    Ingest(#[from] dateline_ingest::IngestError),
}

impl Model {
    /// The model that is part of the program.
    pub fn embedded() -> Result<Model, Error> {
        Model::with_knowledge(dateline_knowledge::Knowledge::embedded()?)
    }

    /// The model with other tables of countries, persons, organizations and roles.
    pub fn with_knowledge(knowledge: dateline_knowledge::Knowledge) -> Result<Model, Error> {
        Ok(Model {
            parts: Arc::new(Parts {
                syntax: dateline_syntax::Model::embedded()?,
                knowledge,
                coder: dateline_events::Coder::embedded()?,
                cues: dateline_voices::cues::Cues::embedded()?,
                times: dateline_time::Tagger::new()?,
                places: dateline_place::Resolver::new()?,
                where_ranker: Ranker::parse("where", include_str!("../../../models/where.tsv"))?,
                when_ranker: Ranker::parse("when", include_str!("../../../models/when.tsv"))?,
                whose_ranker: Ranker::parse("whose", include_str!("../../../models/whose.tsv"))?,
            }),
        })
    }

    /// The tables of countries, persons, organizations and roles.
    pub fn knowledge(&self) -> &dateline_knowledge::Knowledge {
        &self.parts.knowledge
    }

    /// The English model.
    pub fn syntax(&self) -> &dateline_syntax::Model {
        &self.parts.syntax
    }

    /// The frames and cues of events.
    pub fn coder(&self) -> &dateline_events::Coder {
        &self.parts.coder
    }

    /// The cues of speech and their weights.
    pub fn cues(&self) -> &dateline_voices::cues::Cues {
        &self.parts.cues
    }

    /// The name of a country, by its code.
    pub fn country_name(&self, code: Country) -> Option<&str> {
        self.parts.knowledge.country_by_code(code).map(|row| &*row.name)
    }
}
