//! What has been read, and when a part is closed.
//!
//! Closing a part is three steps: its files take their names, its failures go to the end of `errors.jsonl`, the
//! manifest is written anew. What a kill leaves behind the last manifest is undone or written over when the run is
//! resumed: `errors.jsonl` is cut to the length that the manifest tells, parts are written again with the same bytes.

use super::manifest::{Input, Manifest, Part, State};
use super::out::Out;
use super::parts::{self, PartWriter};
use super::progress::Progress;
use super::{Coded, Outcome};
use crate::args::RunArgs;
use crate::failures;
use crate::stop::Stop;
use dateline_archive::{Digest, Entries, FileEnd, Found, hex};
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::time::Instant;

/// A part is closed before it is full when its reports have so many bytes of text.
const PART_BYTES: u64 = 256 << 20;

pub(super) struct Ledger<'a> {
    args: &'a RunArgs,
    out: &'a Out,
    manifest: Manifest,
    errors: File,
    started: Instant,
    /// Seconds of the sessions before this one.
    before: f64,
    progress: Progress,
    fingerprint: Digest,
    lists: Vec<List>,
    part: OpenPart,
}

/// The part that is being filled.
#[derive(Default)]
struct OpenPart {
    read: u64,
    coded: u64,
    bytes: u64,
    failures: Vec<u8>,
    /// Opened with the first record.
    writer: Option<Box<dyn PartWriter>>,
}

/// The files of one thing given.
#[derive(Clone, Default)]
struct List {
    only: Option<[u8; 32]>,
    lines: Sha256,
}

impl<'a> Ledger<'a> {
    /// Opens the errors, cut to what the manifest knows of.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub(super) fn new(
        args: &'a RunArgs,
        out: &'a Out,
        mut manifest: Manifest,
        started: Instant,
        progress: Progress,
    ) -> Result<Self, Stop> {
        let path = out.path("errors.jsonl");
        let fail = |error| Stop::output(&path, error);
        let mut errors =
            File::options().create(true).truncate(false).write(true).open(&path).map_err(fail)?;
        let length = manifest.parts.last().map_or(0, |part| part.errors_bytes);
        errors.set_len(length).map_err(fail)?;
        errors.seek(SeekFrom::End(0)).map_err(fail)?;
        manifest.timings.sessions += 1;
        manifest.timings.started.get_or_insert_with(jiff::Timestamp::now);
        // Inputs are counted anew on the way to where the run stopped.
        for input in &mut manifest.inputs {
            *input = Input { given: std::mem::take(&mut input.given), ..Input::default() };
        }
        let lists = vec![List::default(); manifest.inputs.len()];
        let before = manifest.timings.seconds;
        out.write_manifest(&manifest)?;
        let (fingerprint, part) = (Digest::default(), OpenPart::default());
        Ok(Self { args, out, manifest, errors, started, before, progress, fingerprint, lists, part })
    }

    /// Documents read so far.
    pub(super) const fn read(&self) -> u64 {
        self.manifest.counts.read
    }

    /// Passes over what earlier sessions have read.
    ///
    /// # Errors
    /// When it is not what they read.
    pub(super) fn pass_over(&mut self, entries: &mut Entries) -> Result<(), Stop> {
        let Some(last) = self.manifest.parts.last().map(|part| part.fingerprint.clone()) else {
            return Ok(());
        };
        self.progress.passing(self.read());
        let mut passed = 0;
        while passed < self.read() {
            let digest = match entries.next() {
                Some(Found::Report(entry)) => Digest::of_entry(&entry),
                Some(Found::Fault(fault)) => Digest::of_fault(&fault),
                Some(Found::End(end)) => {
                    self.end(&end);
                    continue;
                }
                None => break,
            };
            self.fingerprint = self.fingerprint.then(digest);
            passed += 1;
        }
        if self.fingerprint.hex() != last {
            let help = "the input has changed since the run was begun: start a new run in another folder";
            return Err(Stop::Usage(help.to_owned()));
        }
        Ok(())
    }

    /// Takes in what became of the next thing.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub(super) fn take(&mut self, outcome: Outcome) -> Result<(), Stop> {
        let digest = match outcome {
            Outcome::End(end) => {
                self.end(&end);
                return Ok(());
            }
            Outcome::Not(failure, digest) => {
                let counts = &mut self.manifest.counts;
                match failure.state {
                    failures::State::Skipped => counts.skipped += 1,
                    failures::State::Failed => counts.failed += 1,
                }
                *self.manifest.reasons.entry(failure.kind.to_owned()).or_default() += 1;
                serde_json::to_writer(&mut self.part.failures, &failure).map_err(std::io::Error::from)?;
                self.part.failures.push(b'\n');
                digest
            }
            Outcome::Coded(coded) => self.write(*coded)?,
        };
        self.fingerprint = self.fingerprint.then(digest);
        self.manifest.counts.read += 1;
        self.part.read += 1;
        self.progress.tick(&self.manifest.counts);
        if self.part.read >= self.args.part_size.get() || self.part.bytes >= PART_BYTES {
            self.close()?;
        }
        Ok(())
    }

    fn write(&mut self, coded: Coded) -> Result<Digest, Stop> {
        let Coded { record, tokens, digest } = coded;
        let counts = &mut self.manifest.counts;
        counts.coded += 1;
        counts.events += record.events.len() as u64;
        counts.statements += record.statements.len() as u64;
        counts.entities += record.entities.len() as u64;
        counts.sentences += record.sentences.len() as u64;
        counts.tokens += tokens;
        self.part.coded += 1;
        self.part.bytes += record.text.len() as u64;
        if self.part.writer.is_none() {
            let number = self.manifest.parts.len() as u64 + 1;
            self.part.writer = Some(parts::open(self.out, &self.args.format, number)?);
        }
        if let Some(writer) = &mut self.part.writer {
            writer.write(record)?;
        }
        Ok(digest)
    }

    /// Notes the end of a file.
    fn end(&mut self, end: &FileEnd) {
        let (input, list) = (&mut self.manifest.inputs[end.given], &mut self.lists[end.given]);
        input.files += 1;
        input.bytes += end.bytes;
        list.lines.update(format!("{}  {}\n", hex(&end.sha256), end.path));
        list.only = (input.files == 1).then_some(end.sha256);
        let all = || list.lines.clone().finalize().into();
        let digest: [u8; 32] = list.only.unwrap_or_else(all);
        input.sha256 = Some(hex(&digest));
    }

    /// Closes the open part.
    fn close(&mut self) -> Result<(), Stop> {
        let OpenPart { read, coded, failures, writer, .. } = std::mem::take(&mut self.part);
        let files = writer.map_or(Ok(Vec::new()), PartWriter::finish)?;
        let path = self.out.path("errors.jsonl");
        let fail = |error| Stop::output(&path, error);
        self.errors.write_all(&failures).map_err(fail)?;
        self.errors.sync_all().map_err(fail)?;
        let errors_bytes = self.errors.stream_position().map_err(fail)?;
        let number = self.manifest.parts.len() as u64 + 1;
        let fingerprint = self.fingerprint.hex();
        self.manifest.parts.push(Part { number, read, coded, files, errors_bytes, fingerprint });
        self.checkpoint()
    }

    fn checkpoint(&mut self) -> Result<(), Stop> {
        let timings = &mut self.manifest.timings;
        timings.updated = Some(jiff::Timestamp::now());
        timings.seconds = self.before + self.started.elapsed().as_secs_f64();
        self.out.write_manifest(&self.manifest)
    }

    /// Closes the last part and the run, and tells what came out; the exit code.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub(super) fn finish(mut self) -> Result<u8, Stop> {
        if self.part.read > 0 {
            self.close()?;
        }
        self.manifest.state = State::Complete;
        self.checkpoint()?;
        self.progress.finish(&self.manifest, self.out);
        Ok(self.manifest.exit_code())
    }

    /// Tells how to go on after an error.
    pub(super) fn give_up(self) {
        self.progress.give_up(self.manifest.parts.len(), self.args.quiet);
    }
}
