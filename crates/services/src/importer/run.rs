//! One import from its beginning to its end, or to where it is stopped.

use super::aftermath::Aftermath;
use super::opened::Opened;
use super::people;
use super::preparation::{HIGHEST, NOBODY, Setting};
use super::reader::{HISTORY, Portion};
use super::server::{self, Place};
use super::writer::{self, Target};
use super::{Importer, Mode, Outcome, Report, Request};
use tautulli_db::error::DbResult;
use tautulli_db::imports::{self, NewImport, remains};
use tautulli_db::journal::bulk::imported::{self, Known, Set};
use tautulli_db::{AsyncConnection, Conn};
use tautulli_domain::session::SessionRules;
use tautulli_domain::{Result, ServerId};
use tokio_util::sync::CancellationToken;

/// Who is told how far an import has got: its number and what is reported so far.
pub type Tell<'a> = &'a mut (dyn FnMut(i64, &Report) + Send);

/// An import that has been begun, now or earlier.
struct Begun {
    target: Target,
    report: Report,
}

impl Importer {
    /// Imports, or goes on with the same import where it was stopped. `tell` hears of every portion that is written; `cancel` stops
    /// it after the one at hand.
    ///
    /// # Errors
    /// `Conflict` while another import runs; `NotFound` and `Invalid` for a file that is none of Tautulli's; `Unavailable` when the
    /// database goes away, after which the same call goes on.
    pub async fn run(
        &self,
        request: &Request,
        tell: Tell<'_>,
        cancel: &CancellationToken,
    ) -> Result<Outcome> {
        let opened = Opened::open(request.file.clone()).await?;
        let mut conn = imports::begin(&self.database).await?;
        let place = server::find(&mut conn, &opened.survey, request).await?;
        let takeover = match &request.ini {
            Some(ini) => Some(self.settings.take_over(ini).await?),
            None => None,
        };
        let mut begun = self.begin(&mut conn, &opened, request, &place).await?;
        begun.report.settings = takeover.or(begun.report.settings);
        let id = begun.target.import_id;
        tell(id, &begun.report);
        let ended = self.carry_on(&mut conn, opened, begun, tell, cancel).await;
        match &ended {
            Ok(outcome) if outcome.finished => {}
            Ok(_) => self.note(id, "stopped", "").await,
            Err(failure) => self.note(id, "failed", failure.outer()).await,
        }
        if !ended.as_ref().is_ok_and(|outcome| outcome.finished) {
            let mut aftermath = Aftermath::of(&self.database, &self.zone);
            aftermath.make_indexes();
            aftermath.done().await;
        }
        ended
    }

    /// Notes that an import is over for now, over a connection that has not failed with it.
    async fn note(&self, id: i64, state: &str, problem: &str) {
        if let Err(failure) = self.end(id, state, problem).await {
            tracing::warn!(%failure, "the end of an import was not noted");
        }
    }

    async fn end(&self, id: i64, state: &str, problem: &str) -> Result<()> {
        let mut conn = self.database.conn().await?;
        Ok(imports::end(&mut conn, id, state, None, problem, self.clock.now()).await?)
    }

    /// Finds the import that is to be gone on with, or begins one.
    async fn begin(
        &self,
        conn: &mut Conn,
        opened: &Opened,
        request: &Request,
        place: &Place,
    ) -> Result<Begun> {
        let now = self.clock.now();
        let server_id = match place.server {
            Some(known) => known,
            None => imports::place::remember(conn, &place.machine_id, now).await?,
        };
        let source_id = imports::source(conn, server_id, &opened.origin()).await?;
        let mut report = opened.report(request, &place.machine_id);
        report.notes.extend(place.note());
        let progress = serde_json::to_value(&report).map_err(tautulli_domain::Error::internal)?;
        let state = opened.state();
        let new = NewImport {
            source_id,
            file_name: &opened.name,
            file_size: opened.size,
            file_state: &state,
            mode: request.mode.name(),
            recompute_groups: request.recompute_groups,
            progress: &progress,
            now,
        };
        let (import_id, replaced) = match imports::unfinished(conn, &new).await? {
            Some(earlier) => {
                report = serde_json::from_value(earlier.progress).unwrap_or(report);
                (earlier.id, earlier.replaced.map(|(first, last)| Set { first, last }))
            }
            None => (imports::create(conn, &new).await?, None),
        };
        let regroup = request.recompute_groups.then(|| self.settings.session_rules());
        let target = Target { import_id, source_id, server_id, replaced, regroup };
        let begun = Begun { target, report };
        self.prepare(conn, opened, begun).await
    }

    /// What is done once before the plays: people, room for replaced plays, numbers.
    async fn prepare(&self, conn: &mut Conn, opened: &Opened, begun: Begun) -> Result<Begun> {
        if begun.report.tables.first().is_some_and(|table| table.name == "users") {
            return Ok(begun);
        }
        let now = self.clock.now();
        let Begun { mut target, mut report } = begun;
        let prepared = conn
            .transaction(async move |conn| -> DbResult<Begun> {
                tautulli_db::rollups::mark_stale(conn).await?;
                let (server, up_to) = (target.server_id, opened.survey.last_row.min(HIGHEST));
                target.replaced = match report.mode {
                    Mode::Overwrite => imported::make_room(conn, server, up_to).await?,
                    Mode::Merge => imported::reserve(conn, up_to).await.map(|_| None)?,
                };
                if let Some(set) = target.replaced {
                    imports::set_replaced(conn, target.import_id, (set.first, set.last)).await?;
                }
                let known = settle_people(conn, &target, opened, &report.machine_id, now).await?;
                report.tables.splice(0..0, people::report(&opened.people, &opened.survey, known));
                imports::mark(conn, target.import_id, &serde_json::to_value(&report)?, now).await?;
                Ok(Begun { target, report })
            })
            .await?;
        Ok(prepared)
    }

    async fn carry_on(
        &self,
        conn: &mut Conn,
        opened: Opened,
        begun: Begun,
        tell: Tell<'_>,
        cancel: &CancellationToken,
    ) -> Result<Outcome> {
        let Begun { target, mut report } = begun;
        let rules = self.settings.session_rules();
        let setting = setting(conn, target.server_id, &opened, &rules).await?;
        let accounts = accounts(&opened);
        // Counted from the beginning again at the end of every run.
        (report.source.items, report.target.items) = (0, 0);
        take_indexes_off(conn, &target, &mut report).await?;
        let portions = opened.stream(setting, report.clone());
        let mut aftermath = Aftermath::of(&self.database, &self.zone);
        let written =
            self.write_all(conn, &target, &mut report, portions, &mut aftermath, tell, cancel).await;
        if !matches!(written, Ok(true)) || target.replaced.is_some() {
            // What is replaced is found by the indexes.
            aftermath.done().await;
        }
        if !written? {
            return Ok(Outcome { id: target.import_id, report, finished: false });
        }
        let report = self.finish(conn, &target, &accounts, report).await?;
        tell(target.import_id, &report);
        aftermath.count();
        aftermath.done().await;
        Ok(Outcome { id: target.import_id, report, finished: true })
    }

    /// Writes every portion; gives whether that came to its end. The aftermath begins as soon as all plays are there.
    #[expect(clippy::too_many_arguments, reason = "an import has many hands and no more")]
    async fn write_all(
        &self,
        conn: &mut Conn,
        target: &Target,
        report: &mut Report,
        mut portions: tokio::sync::mpsc::Receiver<Result<Portion>>,
        aftermath: &mut Aftermath,
        tell: Tell<'_>,
        cancel: &CancellationToken,
    ) -> Result<bool> {
        let mut known = Known::default();
        while let Some(portion) = portions.recv().await {
            writer::write(conn, target, portion?, &mut known, report, self.clock.now()).await?;
            tell(target.import_id, report);
            if report.table(HISTORY).done {
                aftermath.begin(target);
            }
            if cancel.is_cancelled() {
                return Ok(false);
            }
        }
        aftermath.begin(target);
        Ok(true)
    }

    /// Makes the indexes that an import has left behind which was killed; nothing is done while another one runs.
    pub async fn mend(&self) -> Result<()> {
        let waiting = imports::indexes::are_waiting(&mut *self.database.conn().await?).await?;
        if !waiting {
            return Ok(());
        }
        let Ok(_alone) = imports::begin(&self.database).await else { return Ok(()) };
        tracing::info!("making indexes that an import has left behind");
        imports::indexes::make(&self.database).await
    }

    /// Removes what was replaced, settles what is newest, adds up, and is done: all in one transaction.
    async fn finish(
        &self,
        conn: &mut Conn,
        target: &Target,
        accounts: &[i64],
        mut report: Report,
    ) -> Result<Report> {
        let now = self.clock.now();
        let report = conn
            .transaction(async move |conn| -> DbResult<Report> {
                imported::settle_items(conn, target.server_id).await?;
                imports::note_bare(conn, target.server_id).await?;
                imports::note_foreign(conn, target.server_id).await?;
                imports::note_mixed_groups(conn, target.server_id).await?;
                imports::weigh_recorded(conn).await?;
                if let Some(set) = target.replaced {
                    let removed = imported::remove(conn, target.server_id, set).await?;
                    report.removed = i64::try_from(removed).unwrap_or(i64::MAX);
                }
                report.target.seconds = report.played_ms / 1_000;
                let users = imports::people::accounts(conn, target.server_id).await?;
                let known = accounts.iter().filter(|account| users.contains_key(account)).count();
                report.target.users = i64::try_from(known).unwrap_or(i64::MAX);
                let said = serde_json::to_value(&report)?;
                imports::end(conn, target.import_id, "done", Some(&said), "", now).await?;
                Ok(report)
            })
            .await?;
        Ok(report)
    }
}

/// Leaves indexes to the end where most of the history is still to come, but for those that the way there needs.
async fn take_indexes_off(conn: &mut Conn, target: &Target, report: &mut Report) -> Result<()> {
    let plays = report.table(HISTORY);
    let to_come = plays.rows - plays.read;
    let mut keep = Vec::new();
    if target.regroup.is_some() {
        keep.push("plays_item");
    }
    if target.replaced.is_some() {
        keep.push("plays_group");
    }
    Ok(imports::indexes::take_off(conn, to_come, &keep).await?)
}

/// Writes users and libraries; gives how many of them were known before.
async fn settle_people(
    conn: &mut Conn,
    target: &Target,
    opened: &Opened,
    machine_id: &str,
    now: chrono::DateTime<chrono::Utc>,
) -> DbResult<(usize, usize)> {
    let (server, people, survey) = (target.server_id, &opened.people, &opened.survey);
    let known = (
        people::known_users(people, &imports::people::accounts(conn, server).await?),
        people::known_libraries(people, &imports::people::sections(conn, server).await?),
    );
    people::write_users(conn, server, people, survey, now).await?;
    people::write_libraries(conn, server, machine_id, people, survey, now).await?;
    for (table, asides) in people::asides(people) {
        remains::set_aside(conn, target.source_id, target.import_id, table, &asides).await?;
    }
    Ok(known)
}

/// What plays are prepared with, now that people are written.
async fn setting(
    conn: &mut Conn,
    server_id: ServerId,
    opened: &Opened,
    rules: &SessionRules,
) -> Result<Setting> {
    Ok(Setting {
        server_id,
        users: imports::people::accounts(conn, server_id).await?,
        names: opened.names(),
        libraries: imports::people::sections(conn, server_id).await?,
        watched: rules.watched,
    })
}

/// Everybody who is known to the file.
fn accounts(opened: &Opened) -> Vec<i64> {
    let listed = opened.people.users.0.iter().map(|user| user.account_id);
    let played = opened.survey.accounts.keys().map(|account| account.unwrap_or(NOBODY));
    let all: std::collections::BTreeSet<i64> = listed.chain(played).collect();
    all.into_iter().collect()
}
