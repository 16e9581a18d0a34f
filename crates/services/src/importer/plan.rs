//! An import without writing anything: what would come of it.

use super::opened::Opened;
use super::people;
use super::preparation::{NOBODY, Setting};
use super::run::Tell;
use super::server;
use super::writer::{self, Target};
use super::{Importer, Outcome, Request};
use tautulli_db::imports;
use tautulli_domain::{Result, ServerId, UserId};
use tokio_util::sync::CancellationToken;

impl Importer {
    /// Reads everything and writes nothing; tells what would be. `cancel` stops it.
    ///
    /// # Errors
    /// `NotFound` and `Invalid` for a file that is none of Tautulli's.
    pub async fn plan(
        &self,
        request: &Request,
        tell: Tell<'_>,
        cancel: &CancellationToken,
    ) -> Result<Outcome> {
        let opened = Opened::open(request.file.clone()).await?;
        let (takeover, changed) =
            request.ini.as_ref().map(|ini| self.settings.weigh(ini)).unwrap_or_default();
        let rules = self.settings.session_rules_with(&changed);
        let mut conn = self.database.conn().await?;
        let place = server::find(&mut conn, &opened.survey, request).await?;
        let server_id = place.server.unwrap_or(ServerId(0));
        let mut report = opened.report(request, &place.machine_id);
        report.dry_run = true;
        report.settings = request.ini.is_some().then_some(takeover);
        report.notes.extend(place.note());
        let mut setting = Setting {
            server_id,
            users: imports::people::accounts(&mut conn, server_id).await?,
            names: opened.names(),
            libraries: imports::people::sections(&mut conn, server_id).await?,
            watched: rules.watched,
        };
        let known = (
            people::known_users(&opened.people, &setting.users),
            people::known_libraries(&opened.people, &setting.libraries),
        );
        report.tables.splice(0..0, people::report(&opened.people, &opened.survey, known));
        report.target.users = opened.survey.totals.users;
        for account in opened.survey.accounts.keys() {
            setting.users.entry(account.unwrap_or(NOBODY)).or_insert(UserId(0));
        }
        let target = Target { import_id: 0, source_id: 0, server_id, replaced: None, regroup: None };
        tell(0, &report);
        let mut portions = opened.stream(setting, report.clone());
        while let Some(portion) = portions.recv().await {
            if cancel.is_cancelled() {
                return Ok(Outcome { id: 0, report, finished: false });
            }
            writer::weigh(&mut conn, &target, &portion?, &mut report).await?;
            tell(0, &report);
        }
        report.target.seconds = report.played_ms / 1_000;
        Ok(Outcome { id: 0, report, finished: true })
    }
}
