//! Where files to import may lie when a client names them: inside the data folder, whatever links say.

use std::path::{Path, PathBuf};
use tautulli_domain::{Error, Result};

/// The file that a client means: `path` taken from `folder`, absolute and without links.
///
/// # Errors
/// `Invalid` for whatever is outside the folder or no file, in the same words whether it is there or not.
pub fn inside(folder: &Path, path: &str) -> Result<PathBuf> {
    let refused = || {
        Error::invalid(format!(
            "There is no file {path:?} in the data folder; put the database there, or upload it, and name it by its path in that \
             folder"
        ))
    };
    if path.is_empty() || path.contains('\0') {
        return Err(refused());
    }
    let root = folder.canonicalize().map_err(|_| refused())?;
    let found = root.join(path).canonicalize().map_err(|_| refused())?;
    if found.starts_with(&root) && found.is_file() { Ok(found) } else { Err(refused()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn only_files_inside_the_folder_are_found() {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let put = |path: &Path| std::fs::write(path, "x").unwrap();
        put(&folder.path().join("tautulli.db"));
        put(&outside.path().join("secret"));
        symlink(outside.path().join("secret"), folder.path().join("link")).unwrap();
        symlink(outside.path(), folder.path().join("door")).unwrap();
        symlink(folder.path().join("tautulli.db"), folder.path().join("alias")).unwrap();
        std::fs::create_dir(folder.path().join("sub")).unwrap();
        let ask = |path: &str| inside(folder.path(), path);
        assert!(ask("tautulli.db").is_ok() && ask("alias").is_ok() && ask("sub/../tautulli.db").is_ok());
        assert!(ask(&folder.path().join("tautulli.db").display().to_string()).is_ok());
        let secret = outside.path().join("secret").display().to_string();
        let name = outside.path().file_name().unwrap().to_string_lossy().into_owned();
        for path in
            ["", "link", "door/secret", "sub", ".", "nothing", "a\0b", &secret, &format!("../{name}/secret")]
        {
            assert!(ask(path).is_err(), "{path:?}");
        }
    }
}
