//! Everything that is loaded once and shared by all threads.

use crate::settle::rank::Chooser;
use dateline_core::Country;
use dateline_core::ranker::{Ranker, WeightError};
use std::path::Path;
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
    pub(crate) where_chooser: Chooser,
    pub(crate) when_chooser: Chooser,
    pub(crate) origin_ranker: Ranker,
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
    /// A file of weights.
    #[error("the weights {path} cannot be read: {source}")]
    Weights {
        /// Which file.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The report itself.
    #[error(transparent)]
    Ingest(#[from] dateline_ingest::IngestError),
}

impl Model {
    /// The model that is part of the program.
    pub fn embedded() -> Result<Model, Error> {
        Model::of(dateline_knowledge::Knowledge::embedded()?, dateline_events::Coder::embedded()?)
    }

    /// The model with the tables of a folder added to its own: of countries, persons, organizations and roles
    /// ([`dateline_knowledge::Knowledge::with_dir`]), of frames, cues of status and contexts
    /// ([`dateline_events::Coder::with_dir`]).
    ///
    /// # Errors
    /// A table that cannot be read, or a line of it that does not follow its format, with its file and number.
    pub fn with_knowledge(folder: &Path) -> Result<Model, Error> {
        let knowledge = dateline_knowledge::Knowledge::with_dir(folder)?;
        Model::of(knowledge, dateline_events::Coder::with_dir(folder)?)
    }

    fn of(knowledge: dateline_knowledge::Knowledge, coder: dateline_events::Coder) -> Result<Model, Error> {
        Ok(Model {
            parts: Arc::new(Parts {
                syntax: dateline_syntax::Model::embedded()?,
                knowledge,
                coder,
                cues: dateline_voices::cues::Cues::embedded()?,
                times: dateline_time::Tagger::new()?,
                places: dateline_place::Resolver::new()?,
                where_chooser: Chooser::parse("where", include_str!("../../../models/where.tsv"))?,
                when_chooser: Chooser::parse("when", include_str!("../../../models/when.tsv"))?,
                origin_ranker: Ranker::parse("origin", include_str!("../../../models/origin.tsv"))?,
                whose_ranker: Ranker::parse("whose", include_str!("../../../models/whose.tsv"))?,
            }),
        })
    }

    /// The model with those weights of small trained parts that lie in `folder` (`scorer.tsv`, `parties.tsv`, `same.tsv`,
    /// `where.tsv`, `when.tsv`, `origin.tsv`, `whose.tsv`, `proposer.tsv`, `factuality.tsv`) in place of the ones that are part of the program: for training and measuring them.
    pub fn with_weights(folder: &Path) -> Result<Model, Error> {
        let text = |name: &str| -> Result<Option<String>, Error> {
            let path = folder.join(name);
            match std::fs::read_to_string(&path) {
                Ok(text) => Ok(Some(text)),
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
                Err(source) => Err(Error::Weights { path, source }),
            }
        };
        let mut parts = Model::embedded()?.parts;
        if let Some(parts) = Arc::get_mut(&mut parts) {
            if let Some(text) = text("scorer.tsv")? {
                parts.coder.scorer = dateline_events::scorer::Scorer::parse(&text)
                    .map_err(dateline_events::EventsError::from)?;
            }
            if let Some(text) = text("proposer.tsv")? {
                parts.coder.proposer = dateline_events::proposer::Proposer::parse(&text)
                    .map_err(dateline_events::EventsError::from)?;
            }
            if let Some(text) = text("factuality.tsv")? {
                parts.coder.factuality = dateline_events::factuality::Factuality::parse(&text)
                    .map_err(dateline_events::EventsError::from)?;
            }
            let rankers: [(&str, &mut Ranker); 4] = [
                ("parties", &mut parts.coder.parties),
                ("same", &mut parts.coder.same),
                ("origin", &mut parts.origin_ranker),
                ("whose", &mut parts.whose_ranker),
            ];
            for (name, ranker) in rankers {
                if let Some(text) = text(&format!("{name}.tsv"))? {
                    *ranker = Ranker::parse(name, &text)?;
                }
            }
            for (name, chooser) in [("where", &mut parts.where_chooser), ("when", &mut parts.when_chooser)] {
                if let Some(text) = text(&format!("{name}.tsv"))? {
                    *chooser = Chooser::parse(name, &text)?;
                }
            }
        }
        Ok(Model { parts })
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
