//! Static pages from `--static DIR`, with the headers a WebAssembly page needs.
//!
//! Not by tower-http's `ServeDir`: it serves hidden files, follows symbolic links, answers `//dir`
//! with a redirect to another host and names no charset, so most of this module would remain.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;

use crate::sim::Sim;

/// Serves a file; a directory means its `index.html`.
pub async fn get(
    State(sim): State<Arc<Sim>>,
    method: Method,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let Some(root) = &sim.args.static_dir else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let Some(mut path) = locate(root, uri.path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if path.is_dir() {
        // Relative links of a page resolve against its address, so the slash matters.
        if !uri.path().ends_with('/') {
            // An address that begins with two slashes would lead to another host.
            let to = format!("/{}/", uri.path().trim_start_matches('/'));
            return (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response();
        }
        path.push("index.html");
    }
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let Some((bytes, encoding)) = read(root, &path, accepted) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = Response::new(Body::from(bytes));
    let answer = response.headers_mut();
    let mut add = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            answer.insert(name, value);
        }
    };
    add(header::CONTENT_TYPE, content_type(&path));
    add(header::CACHE_CONTROL, "no-cache");
    add(header::VARY, "Accept-Encoding");
    add(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if let Some(encoding) = encoding {
        add(header::CONTENT_ENCODING, encoding);
    }
    if let Some(policy) = &sim.args.csp {
        add(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// The file a URL path names; `None` for one that would leave the directory.
fn locate(root: &Path, path: &str) -> Option<PathBuf> {
    let mut file = root.to_path_buf();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        let segment = percent_decode_str(segment).decode_utf8().ok()?;
        if segment.starts_with('.') || segment.contains(['/', '\\', '\0', '%']) {
            return None;
        }
        file.push(&*segment);
    }
    Some(file)
}

/// The file, or its precompressed neighbour where the client takes it.
fn read(root: &Path, path: &Path, accepted: &str) -> Option<(Vec<u8>, Option<&'static str>)> {
    for (encoding, suffix) in [("br", ".br"), ("gzip", ".gz")] {
        let takes = accepted.split(',').any(|word| {
            let mut parts = word.split(';').map(str::trim);
            parts.next() == Some(encoding) && !parts.any(|part| part == "q=0")
        });
        if takes {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            if let Some(bytes) = read_inside(root, Path::new(&name)) {
                return Some((bytes, Some(encoding)));
            }
        }
    }
    read_inside(root, path).map(|bytes| (bytes, None))
}

/// The file, unless symbolic links lead out of the directory to it, or to what is hidden in it.
fn read_inside(root: &Path, path: &Path) -> Option<Vec<u8>> {
    let root = root.canonicalize().ok()?;
    let path = path.canonicalize().ok()?;
    let hidden = |part: Component<'_>| part.as_os_str().as_encoded_bytes().starts_with(b".");
    if path.strip_prefix(root).ok()?.components().any(hidden) {
        return None;
    }
    std::fs::read(path).ok()
}

fn content_type(path: &Path) -> &'static str {
    match path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
    {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        let root = Path::new("root");
        assert_eq!(
            locate(root, "/a/b%20c.js"),
            Some(root.join("a").join("b c.js"))
        );
        assert_eq!(locate(root, "/"), Some(root.to_path_buf()));
        for path in [
            "/../x",
            "/%2e%2e/x",
            "/a/..%2f..%2fx",
            "/.git/config",
            "/%zz",
            "/a%00",
        ] {
            assert_eq!(locate(root, path), None, "{path}");
        }
    }

    #[test]
    fn wasm_has_its_type() {
        assert_eq!(content_type(Path::new("a/b_bg.wasm")), "application/wasm");
    }
}
