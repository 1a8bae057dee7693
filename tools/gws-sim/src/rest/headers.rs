//! Small readers of request headers and queries, enough for this server.

use axum::http::{HeaderMap, Uri, header};

/// A header's value, if it is text.
pub fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// A cookie's value.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter();
    let mut pairs = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    pairs.find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// A query parameter's value as it stands; those this server reads need no decoding but `%2A`.
pub fn query<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    let mut pairs = uri.query()?.split('&');
    pairs.find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::COOKIE,
            "XJSESSIONID=1; JSESSIONID=2".parse().unwrap(),
        );
        headers.append(header::COOKIE, "BAYEUX_BROWSER=3".parse().unwrap());
        assert_eq!(cookie(&headers, "JSESSIONID"), Some("2"));
        assert_eq!(cookie(&headers, "BAYEUX_BROWSER"), Some("3"));
        assert_eq!(cookie(&headers, "JSESSION"), None);
    }

    #[test]
    fn queries() {
        let uri: Uri = "/x?startIndex=3&fields=*".parse().unwrap();
        assert_eq!(query(&uri, "startIndex"), Some("3"));
        assert_eq!(query(&uri, "fields"), Some("*"));
        assert_eq!(query(&uri, "field"), None);
    }
}
