//! Static pages from the simulator's own origin.

use std::path::PathBuf;

use gws_sim::args::{Args, CONTRACT_CSP};

use crate::support::*;

/// A directory of its own for one test of one run.
fn pages(name: &str) -> PathBuf {
    let directory =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
    std::fs::create_dir_all(directory.join("sub")).unwrap();
    for (file, text) in [
        ("index.html", "<!DOCTYPE html>"),
        ("app.wasm", "plain"),
        ("app.wasm.br", "brotli"),
        ("app.wasm.gz", "gzip"),
        ("sub/index.html", "sub"),
        (".hidden", "secret"),
    ] {
        std::fs::write(directory.join(file), text).unwrap();
    }
    directory
}

fn serving(name: &str, csp: Option<&str>) -> Sim {
    Sim::start(Args {
        static_dir: Some(pages(name)),
        csp: csp.map(str::to_owned),
        ..Args::still()
    })
}

#[test]
fn files_have_their_types() {
    let sim = serving("types", None);
    let mut browser = sim.stranger();
    let page = browser.get("/?query");
    assert_eq!((page.status, page.body.as_str()), (200, "<!DOCTYPE html>"));
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    assert_eq!(page.header("content-security-policy"), None);
    let wasm = browser.get("/app.wasm");
    assert_eq!(
        (wasm.header("content-type"), wasm.body.as_str()),
        (Some("application/wasm"), "plain")
    );
    assert_eq!(browser.get("/sub/").body, "sub");
    assert_eq!(browser.get("/sub").header("location"), Some("/sub/"));
    assert_eq!(browser.get("/nothing.js").status, 404);
    assert_eq!(browser.get("/.hidden").status, 404);
    assert_eq!(browser.post("/index.html", "").status, 405);
}

#[test]
fn precompressed_files_are_used_where_accepted() {
    let sim = serving("compressed", None);
    let ask = |accept: &str| {
        let reply = sim
            .stranger()
            .send("GET", "/app.wasm", &[("Accept-Encoding", accept)], "")
            .unwrap();
        assert_eq!(reply.header("content-type"), Some("application/wasm"));
        (
            reply.header("content-encoding").map(str::to_owned),
            reply.body,
        )
    };
    assert_eq!(
        ask("gzip, deflate, br"),
        (Some("br".to_owned()), "brotli".to_owned())
    );
    assert_eq!(
        ask("gzip;q=1, br;q=0"),
        (Some("gzip".to_owned()), "gzip".to_owned())
    );
    assert_eq!(ask("identity"), (None, "plain".to_owned()));
}

#[test]
fn an_address_with_two_slashes_leads_to_no_other_host() {
    let sim = serving("slashes", None);
    for path in ["//sub", "///sub", "/sub"] {
        let reply = sim.stranger().get(path);
        assert_eq!(reply.header("location"), Some("/sub/"), "{path}");
    }
    for path in ["/%5Csub", "/%2Fsub"] {
        assert_eq!(sim.stranger().get(path).status, 404, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn links_out_of_the_directory_are_not_followed() {
    use std::os::unix::fs::symlink;
    let outside = pages("links-outside");
    let directory = pages("links");
    for (target, link) in [
        (outside.join("index.html"), "file.html"),
        (outside.clone(), "folder"),
        (outside.join("app.wasm"), "sub/index.html.br"),
        (directory.join(".hidden"), "hidden.txt"),
        (directory.join("index.html"), "inside.html"),
    ] {
        let link = directory.join(link);
        let _ = std::fs::remove_file(&link);
        symlink(target, link).unwrap();
    }
    let sim = Sim::start(Args {
        static_dir: Some(directory),
        ..Args::still()
    });
    for path in [
        "/file.html",
        "/folder/",
        "/folder/index.html",
        "/hidden.txt",
    ] {
        assert_eq!(sim.stranger().get(path).status, 404, "{path}");
    }
    let brotli = [("Accept-Encoding", "br")];
    let sub = sim.stranger().send("GET", "/sub/", &brotli, "").unwrap();
    assert_eq!(sub.body, "sub");
    assert_eq!(sim.stranger().get("/inside.html").body, "<!DOCTYPE html>");
}

#[test]
fn pages_carry_the_policy() {
    let sim = serving("policy", Some(CONTRACT_CSP));
    assert_eq!(
        sim.stranger().get("/").header("content-security-policy"),
        Some(CONTRACT_CSP)
    );
    let expected = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                    connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
    assert_eq!(CONTRACT_CSP, expected);
}

#[test]
fn without_a_directory_there_are_no_pages() {
    assert_eq!(Sim::still().stranger().get("/").status, 404);
}
