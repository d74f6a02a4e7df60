//! A browser without a screen: keeps cookies, follows no redirect by itself, posts forms with the token of the page.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use reqwest::Method;
use reqwest::header::{COOKIE, SET_COOKIE};

/// One browser.
pub(crate) struct Browser {
    base: String,
    client: reqwest::Client,
    cookies: BTreeMap<String, String>,
}

/// What the server answered.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
    pub(crate) body: Vec<u8>,
}

impl Page {
    /// The token that the forms of the page carry.
    pub(crate) fn token(&self) -> String {
        let (_, rest) = self.text.split_once("name=\"token\" value=\"").expect("a form");
        rest.split_once('"').expect("a value").0.to_owned()
    }

    /// Where the browser is sent on.
    pub(crate) fn location(&self) -> &str {
        self.headers.get("location").map_or("", |to| to.to_str().expect("text"))
    }

    /// Names and values of the inputs of the page, as they stand in it; of radio buttons the one that is checked.
    pub(crate) fn inputs(&self) -> Vec<(String, String)> {
        let tags = self.text.split("<input").skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag);
        let read = |tag: &str, name: &str| {
            let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
            Some(rest.split_once('"')?.0.to_owned())
        };
        let shown = tags.filter(|tag| !tag.contains("type=\"radio\"") || tag.contains(" checked"));
        shown.filter_map(|tag| Some((read(tag, "name")?, read(tag, "value").unwrap_or_default()))).collect()
    }

    /// The text without tags, blanks put together.
    pub(crate) fn words(&self) -> String {
        let pieces = self.text.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text);
        pieces.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Browser {
    pub(crate) fn new(addr: SocketAddr) -> Self {
        // An error means that a provider is installed already, and one is enough.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        Self { base: format!("http://{addr}"), client: client.build().expect("a client"), cookies: BTreeMap::new() }
    }

    /// Asks with everything as given.
    pub(crate) async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Page {
        let body = body.map(|body| ("application/x-www-form-urlencoded".to_owned(), body.into_bytes()));
        self.exchange(method, path, headers, body).await
    }

    async fn exchange(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<(String, Vec<u8>)>,
    ) -> Page {
        let cookies: Vec<_> = self.cookies.iter().map(|(key, value)| format!("{key}={value}")).collect();
        let mut request =
            self.client.request(method, format!("{}{path}", self.base)).header(COOKIE, cookies.join("; "));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if body.is_some() && headers.iter().all(|(name, _)| *name != "origin") {
            request = request.header("origin", &self.base);
        }
        if let Some((kind, body)) = body {
            request = request.header("content-type", kind).body(body);
        }
        let answer = request.send().await.expect("answers");
        for line in answer.headers().get_all(SET_COOKIE) {
            let pair = line.to_str().expect("text").split(';').next().expect("a pair");
            let (key, value) = pair.split_once('=').expect("a pair");
            if value.is_empty() {
                self.cookies.remove(key);
            } else {
                self.cookies.insert(key.to_owned(), value.to_owned());
            }
        }
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = answer.bytes().await.expect("a body").to_vec();
        Page { status, headers, text: String::from_utf8_lossy(&body).into_owned(), body }
    }

    /// Posts files as a form with photos does: field, file name and content of each.
    pub(crate) async fn upload(&mut self, path: &str, files: &[(&str, &str, &[u8])]) -> Page {
        let boundary = "a-line-that-is-in-no-photo";
        let mut body = Vec::new();
        for (field, file, content) in files {
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{file}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend([head.as_bytes(), content, b"\r\n"].concat());
        }
        body.extend(format!("--{boundary}--\r\n").into_bytes());
        let kind = format!("multipart/form-data; boundary={boundary}");
        self.exchange(Method::POST, path, &[], Some((kind, body))).await
    }

    /// Opens a page.
    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, &[], None).await
    }

    /// Posts a form that stands on the page `from`.
    pub(crate) async fn post(&mut self, from: &Page, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = from.token();
        let mut all = vec![("token", token.as_str())];
        all.extend(fields);
        self.send(Method::POST, path, &[], Some(encoded(&all))).await
    }

    /// Unlocks an officer.
    pub(crate) async fn unlock(&mut self, officer: &str, pin: &str) -> Page {
        let page = self.get("/login").await;
        self.post(&page, "/login", &[("officer", officer), ("pin", pin)]).await
    }

    /// Forgets a cookie.
    pub(crate) fn forget(&mut self, cookie: &str) {
        self.cookies.remove(cookie);
    }
}

/// Fields as a browser posts them.
pub(crate) fn encoded(fields: &[(&str, &str)]) -> String {
    let code = |text: &str| -> String {
        let byte = |byte: u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'-' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        };
        text.bytes().map(byte).collect()
    };
    fields.iter().map(|(key, value)| format!("{}={}", code(key), code(value))).collect::<Vec<_>>().join("&")
}
