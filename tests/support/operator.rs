//! An operator's browser at a central that listens: keeps the cookie, sends forms with their token, reads pages as text.

use std::fmt::Write as _;

use plano::central::Central;
use plano::central::operator::{Password, Register};
use plano::protocol::annotation::OperatorName;
use tempfile::TempDir;

use super::server::{Listening, Reply};

/// The password of every operator of the tests.
pub(crate) const PASSWORD: &str = "kuda laut hijau";

/// A central with an operator `siti`.
pub(crate) struct Office {
    pub(crate) server: Listening,
    pub(crate) register: Register,
    _folder: TempDir,
}

impl Office {
    pub(crate) fn open(central: Central) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let register = Register::at(folder.path().join("operators"));
        register.add(siti(), &Password::typed(PASSWORD)).expect("adds");
        let operators = Some(register.clone());
        let server = Listening::with(central, |config| plano::central::http::Config { operators, ..config });
        Self { server, register, _folder: folder }
    }

    /// A browser that nobody has logged in with.
    pub(crate) fn browser(&self) -> Browser<'_> {
        let host = self.server.addr().to_string();
        Browser { server: &self.server, host, cookie: None }
    }

    /// A browser in which `siti` is logged in.
    pub(crate) fn siti(&self) -> Browser<'_> {
        let mut browser = self.browser();
        let entered = browser.log_in("siti", PASSWORD);
        assert_eq!(entered.status, 303, "{}", text(&entered));
        browser
    }
}

pub(crate) fn siti() -> OperatorName {
    "siti".parse().expect("a name")
}

/// A browser.
pub(crate) struct Browser<'a> {
    server: &'a Listening,
    pub(crate) host: String,
    pub(crate) cookie: Option<String>,
}

impl Browser<'_> {
    fn lines(&self) -> Vec<String> {
        let cookie = self.cookie.iter().map(|cookie| format!("Cookie: plano-operator={cookie}"));
        [format!("Host: {}", self.host)].into_iter().chain(cookie).collect()
    }

    fn keep(&mut self, reply: &Reply) {
        let set = reply.header("set-cookie").and_then(|line| line.strip_prefix("plano-operator="));
        if let Some(value) = set.and_then(|line| line.split(';').next()) {
            self.cookie = (!value.is_empty()).then(|| value.to_owned());
        }
    }

    pub(crate) fn get(&mut self, path: &str) -> Reply {
        let reply = self.server.with_head("GET", path, &self.lines(), "");
        self.keep(&reply);
        reply
    }

    /// The page at `path`, which has to be there.
    pub(crate) fn page(&mut self, path: &str) -> String {
        let reply = self.get(path);
        assert_eq!(reply.status, 200, "{path}: {}", text(&reply));
        text(&reply)
    }

    /// Posts a form with the token of this browser.
    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let shown = text(&self.get("/operator/login"));
        let token = between(&shown, "name=\"token\" value=\"", "\"").to_owned();
        self.post_with(path, &token, fields, &[])
    }

    /// Posts a form with any token and more lines in the head.
    pub(crate) fn post_with(&mut self, path: &str, token: &str, fields: &[(&str, &str)], more: &[&str]) -> Reply {
        let mut body = format!("token={token}");
        for (name, value) in fields {
            let value: String = value.bytes().fold(String::new(), |mut text, byte| {
                write!(text, "%{byte:02x}").expect("a text grows");
                text
            });
            write!(body, "&{name}={value}").expect("a text grows");
        }
        let mut lines = self.lines();
        lines.extend(more.iter().map(|line| (*line).to_owned()));
        let reply = self.server.with_head("POST", path, &lines, &body);
        self.keep(&reply);
        reply
    }

    pub(crate) fn log_in(&mut self, name: &str, password: &str) -> Reply {
        self.post("/operator/login", &[("name", name), ("password", password)])
    }
}

/// The body of an answer as text.
pub(crate) fn text(reply: &Reply) -> String {
    String::from_utf8_lossy(&reply.body).into_owned()
}

/// What stands between two texts.
pub(crate) fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = text.split_once(from).unwrap_or_else(|| panic!("{from:?} stands in {text}")).1;
    rest.split_once(to).expect("an end").0
}
