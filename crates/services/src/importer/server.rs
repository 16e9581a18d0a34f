//! To which media server the history of a file belongs: rating keys of one mean nothing on another (HIS-08).

use super::Request;
use tautulli_db::Conn;
use tautulli_db::imports::place::{self, Candidate};
use tautulli_domain::{Error, Result, ServerId};
use tautulli_import::Survey;

/// Where a history goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// None: a server that has never been watched here.
    pub server: Option<ServerId>,
    pub machine_id: String,
    is_watched: bool,
}

impl Place {
    /// What somebody should know about it.
    pub(super) fn note(&self) -> Option<String> {
        (!self.is_watched).then(|| {
            format!(
                "This history is of the media server {}, which is not watched here; add that server to continue it",
                self.machine_id
            )
        })
    }
}

/// Finds the place; changes nothing.
///
/// # Errors
/// `Invalid` when neither the file nor the request says which server it is, and none is watched.
pub(super) async fn find(conn: &mut Conn, survey: &Survey, request: &Request) -> Result<Place> {
    let candidates = place::candidates(conn).await?;
    let told = request.ini.as_ref().and_then(|ini| ini.get("pms_identifier")).filter(|id| !id.is_empty());
    choose(&candidates, &survey.machine_ids, told.map(String::as_str)).ok_or_else(|| {
        Error::invalid(
            "The file does not say which media server its history is of; add the media server here first, or give Tautulli's \
             config.ini too",
        )
    })
}

/// The machine that `told` names, else any that the file knows, the newest first; else the watched one where nothing is said.
fn choose(candidates: &[Candidate], machine_ids: &[String], told: Option<&str>) -> Option<Place> {
    let named: Vec<&str> = told.into_iter().chain(machine_ids.iter().rev().map(String::as_str)).collect();
    let at = |candidate: &Candidate| Place {
        server: Some(candidate.id),
        machine_id: candidate.machine_id.clone(),
        is_watched: candidate.is_watched,
    };
    let known = |watched: bool| {
        let mut those = candidates.iter().filter(move |candidate| candidate.is_watched == watched);
        those.find(|candidate| named.contains(&candidate.machine_id.as_str()))
    };
    if let Some(candidate) = known(true).or_else(|| known(false)) {
        return Some(at(candidate));
    }
    let watched = || candidates.iter().filter(|candidate| candidate.is_watched);
    // A server that has not answered yet may be any.
    let silent = watched().find(|candidate| candidate.machine_id.is_empty());
    match (silent, named.first()) {
        (Some(candidate), _) => Some(at(candidate)),
        (None, Some(machine_id)) => {
            Some(Place { server: None, machine_id: (*machine_id).to_owned(), is_watched: false })
        }
        (None, None) => watched().next().map(at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(id: i64, machine_id: &str, is_watched: bool) -> Candidate {
        Candidate {
            id: ServerId(id),
            name: String::new(),
            machine_id: machine_id.to_owned(),
            is_watched,
            is_default: id == 1,
        }
    }

    fn chosen(candidates: &[Candidate], ids: &[&str], told: Option<&str>) -> Option<(Option<i64>, String)> {
        let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        choose(candidates, &ids, told).map(|place| (place.server.map(|id| id.0), place.machine_id))
    }

    #[test]
    fn history_goes_to_its_own_server() {
        let all = [candidate(1, "a", true), candidate(2, "b", true), candidate(3, "c", false)];
        assert_eq!(chosen(&all, &["x", "b"], None), Some((Some(2), "b".to_owned())));
        assert_eq!(chosen(&all, &["c"], None), Some((Some(3), "c".to_owned())), "removed, and remembered");
        assert_eq!(chosen(&all, &["x"], None), Some((None, "x".to_owned())), "never another one's");
        assert_eq!(chosen(&all, &["x"], Some("a")), Some((Some(1), "a".to_owned())));
        assert_eq!(chosen(&all, &[], None), Some((Some(1), "a".to_owned())));
        assert_eq!(chosen(&[], &[], None), None);
        let silent = [candidate(1, "", true)];
        assert_eq!(chosen(&silent, &["x"], None), Some((Some(1), String::new())), "it has not answered yet");
    }
}
