//! The web pages as they are served, and that their build is fresh.

use crate::support::TestApp;
use apollo_compiler::{ExecutableDocument, Schema};
use reqwest::{Response, StatusCode};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

async fn get(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Response {
    // What comes must be seen as it comes, not unpacked.
    let plain = reqwest::Client::builder().no_gzip().build().unwrap();
    let mut request = plain.get(format!("{}{path}", app.base));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect();
    found.sort();
    found
}

const PAGE: &[(&str, &str)] = &[("accept", "text/html,application/xhtml+xml")];

#[tokio::test(flavor = "multi_thread")]
async fn every_address_of_the_pages_is_the_page_and_it_may_run_only_our_scripts() {
    let app = TestApp::start().await;
    for path in ["/", "/index.html", "/history/whatever?x=1"] {
        let answer = get(&app, path, PAGE).await;
        assert_eq!(
            (answer.status(), header(&answer, "content-type")),
            (StatusCode::OK, "text/html; charset=utf-8"),
            "{path}"
        );
        let policy = header(&answer, "content-security-policy").to_owned();
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(header(&answer, "cache-control"), "no-cache");
        let text = answer.text().await.unwrap();
        assert!(text.contains("<base href=\"/\">"), "{text}");
        let scripts = text.split("<script").skip(1).map(|rest| rest.split_once('>').unwrap());
        for (attributes, rest) in scripts {
            assert!(attributes.contains("src="), "an inline script: {attributes}");
            assert!(rest.trim_start().starts_with("</script>"), "an inline script: {rest}");
        }
    }
    for path in
        ["/history", "/assets/nothing-there.js", "/index.html.br", "/../Cargo.toml", "/source.sha256/x"]
    {
        assert_eq!(get(&app, path, &[("accept", "*/*")]).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn under_a_prefix_everything_is_relative_to_it() {
    let app = TestApp::with(&[("TAUTULLI_HTTP_ROOT", "/a/b")]).await;
    for path in ["", "/", "/some/where"] {
        let answer = get(&app, path, PAGE).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert!(answer.text().await.unwrap().contains("<base href=\"/a/b/\">"));
    }
    let text = get(&app, "/", PAGE).await.text().await.unwrap();
    for (_, rest) in text.match_indices("=\"").map(|(at, _)| text.split_at(at + 2)) {
        let value = rest.split('"').next().unwrap();
        assert!(!value.starts_with('/') || value == "/a/b/", "{value} leaves the prefix");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn assets_are_immutable_and_come_in_the_smallest_form_that_is_understood() {
    let app = TestApp::start().await;
    let dist = root("ui-dist");
    let mut compressed = 0;
    for file in files(&dist.join("assets")) {
        let name = file.strip_prefix(&dist).unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        let plain = std::fs::read(&file).unwrap();
        let answer = get(&app, &format!("/{name}"), &[]).await;
        assert!(header(&answer, "cache-control").contains("immutable"), "{name}");
        assert_eq!(header(&answer, "vary"), "accept-encoding");
        let tag = header(&answer, "etag").to_owned();
        assert_eq!(answer.bytes().await.unwrap(), plain, "{name}");
        let again = get(&app, &format!("/{name}"), &[("if-none-match", &tag)]).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        for (coding, suffix) in [("br", "br"), ("gzip", "gz")] {
            let Ok(small) = std::fs::read(format!("{}.{suffix}", file.display())) else { continue };
            let answer = get(&app, &format!("/{name}"), &[("accept-encoding", coding)]).await;
            assert_eq!(header(&answer, "content-encoding"), coding);
            assert_eq!(answer.bytes().await.unwrap(), small, "{name}");
            assert!(small.len() < plain.len(), "{name} grows by {coding}");
            compressed += 1;
        }
    }
    assert!(compressed >= 4, "nothing is compressed beforehand");
}

/// What the build is made of.
fn is_source(path: &str) -> bool {
    let named = ["index.html", "package.json", "package-lock.json", "vite.config.ts", "codegen.ts"];
    let is_tsconfig = path.starts_with("tsconfig") && path.ends_with(".json");
    named.contains(&path)
        || is_tsconfig
        || ["src/", "public/", "scripts/"].iter().any(|dir| path.starts_with(dir))
}

#[test]
fn the_built_pages_are_those_of_the_sources() {
    let ui = root("ui");
    let mut sources: Vec<(String, PathBuf)> = std::fs::read_dir(&ui)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("node_modules"))
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .map(|path| (path.strip_prefix(&ui).unwrap().to_str().unwrap().to_owned(), path))
        .filter(|(name, _)| is_source(name))
        .collect();
    sources.sort();
    let mut whole = Sha256::new();
    for (name, path) in sources {
        let digest = hex(&Sha256::digest(std::fs::read(path).unwrap()));
        whole.update(format!("{digest}  {name}\n"));
    }
    let built = std::fs::read_to_string(root("ui-dist/source.sha256")).unwrap();
    assert_eq!(built.trim(), hex(&whole.finalize()), "ui-dist is older than ui: run `make ui`");
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_pages_ask_only_for_what_the_schema_has() {
    let sdl = std::fs::read_to_string(root("schema/schema.graphql")).unwrap();
    let schema = Schema::parse_and_validate(sdl, "schema.graphql").unwrap();
    let documents: Vec<PathBuf> = files(&root("ui/src"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "graphql"))
        .collect();
    assert!(!documents.is_empty());
    // Fragments are shared between files.
    let text: String = documents.iter().map(|path| std::fs::read_to_string(path).unwrap() + "\n").collect();
    if let Err(failure) = ExecutableDocument::parse_and_validate(&schema, text, "ui/src") {
        panic!("{}", failure.errors);
    }
}
