//! The operators of a central: their names, and what their passwords are checked with.
//!
//! One line an operator in a file that only its owner may read: the name, a space, an Argon2id hash as a PHC string. The file
//! is read at every request, so that an operator who is taken away is out at once, without a restart.

use std::io;
use std::path::PathBuf;
use std::sync::LazyLock;

use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use zeroize::Zeroizing;

use crate::central::file;
use crate::protocol::annotation::OperatorName;

/// A password as typed. `Debug` does not show it.
pub struct Password(Zeroizing<String>);

impl Password {
    /// The fewest characters of a new password.
    pub const SHORTEST: usize = 12;
    /// The most bytes that are looked at.
    const LONGEST: usize = 1024;

    /// A password as somebody typed it.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Password(…)")
    }
}

impl PartialEq for Password {
    fn eq(&self, other: &Self) -> bool {
        crate::session::token::equal(&self.0, &other.0)
    }
}

/// What went wrong with the operators.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The file.
    #[error("reading the operators in {}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// The file.
    #[error("writing the operators to {}", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: io::Error,
    },
    /// A line that is none.
    #[error("line {line} of {} is no operator; mend it or remove it", path.display())]
    Line {
        /// Which file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
    },
    /// The name is taken.
    #[error("there is an operator {0} already; remove the operator first to give a new password")]
    Taken(OperatorName),
    /// There is no such operator.
    #[error("there is no operator {0}; `plano central operator list` shows all")]
    Unknown(OperatorName),
    /// The password is too short.
    #[error("a password has at least {} characters", Password::SHORTEST)]
    Short,
    /// The password is too long.
    #[error("a password has at most {} bytes", Password::LONGEST)]
    Long,
    /// Argon2.
    #[error("hashing the password; is there enough memory?")]
    Hash(#[source] argon2::password_hash::Error),
}

/// An operator, and the hash by which a change of the password is noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) name: OperatorName,
    pub(super) hash: String,
}

/// The operators of a central.
#[derive(Debug, Clone)]
pub struct Register(PathBuf);

/// What a password is checked with for a name that nobody has: the answer takes as long as for one that somebody has.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody has this password").unwrap_or_default());

fn hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
}

impl Register {
    /// The operators in the file at `path`; none while there is no file.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The names of all operators, as they were added.
    ///
    /// # Errors
    /// [`RegisterError::Read`], [`RegisterError::Line`].
    pub fn names(&self) -> Result<Vec<OperatorName>, RegisterError> {
        Ok(self.all()?.into_iter().map(|known| known.name).collect())
    }

    /// Adds an operator.
    ///
    /// # Errors
    /// [`RegisterError`].
    pub fn add(&self, name: OperatorName, password: &Password) -> Result<(), RegisterError> {
        if password.0.chars().count() < Password::SHORTEST {
            return Err(RegisterError::Short);
        }
        if password.0.len() > Password::LONGEST {
            return Err(RegisterError::Long);
        }
        let mut all = self.all()?;
        if all.iter().any(|known| known.name == name) {
            return Err(RegisterError::Taken(name));
        }
        all.push(Known { name, hash: hash(&password.0).map_err(RegisterError::Hash)? });
        self.write(&all)
    }

    /// Takes an operator away. What the operator did stays.
    ///
    /// # Errors
    /// [`RegisterError`].
    pub fn remove(&self, name: &OperatorName) -> Result<(), RegisterError> {
        let mut all = self.all()?;
        let before = all.len();
        all.retain(|known| known.name != *name);
        if all.len() == before { Err(RegisterError::Unknown(name.clone())) } else { self.write(&all) }
    }

    /// The operator of this name, when there is one.
    pub(super) fn find(&self, name: &OperatorName) -> Result<Option<Known>, RegisterError> {
        Ok(self.all()?.into_iter().find(|known| known.name == *name))
    }

    /// The operator, when the password is theirs. Takes some memory and tenths of a second, whoever asks.
    pub(super) fn check(
        &self,
        name: Option<&OperatorName>,
        password: &Password,
    ) -> Result<Option<Known>, RegisterError> {
        let known = name.map(|name| self.find(name)).transpose()?.flatten();
        let stored = known.as_ref().map_or(NOBODY.as_str(), |known| &known.hash);
        let fits = password.0.len() <= Password::LONGEST
            && Argon2::default().verify_password(password.0.as_bytes(), stored).is_ok();
        Ok(known.filter(|_| fits))
    }

    fn all(&self) -> Result<Vec<Known>, RegisterError> {
        let text = match std::fs::read_to_string(&self.0) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(source) => return Err(RegisterError::Read { path: self.0.clone(), source }),
        };
        let read = |(at, line): (usize, &str)| {
            let known = line
                .split_once(' ')
                .and_then(|(name, hash)| Some(Known { name: name.parse().ok()?, hash: hash.to_owned() }));
            known.ok_or_else(|| RegisterError::Line { path: self.0.clone(), line: at + 1 })
        };
        text.lines().enumerate().map(read).collect()
    }

    fn write(&self, all: &[Known]) -> Result<(), RegisterError> {
        let lines: Vec<String> = all.iter().map(|known| format!("{} {}\n", known.name, known.hash)).collect();
        file::write(&self.0, lines.concat().as_bytes(), 0o600)
            .map_err(|source| RegisterError::Write { path: self.0.clone(), source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_added_checked_and_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let register = Register::at(folder.path().join("operators"));
        let [siti, budi] = ["siti", "budi"].map(|name| name.parse::<OperatorName>().expect("a name"));
        let password = Password::typed("kuda laut hijau");
        assert!(matches!(register.add(siti.clone(), &Password::typed("kuda laut")), Err(RegisterError::Short)));
        register.add(siti.clone(), &password).expect("adds");
        register.add(budi.clone(), &Password::typed("gunung biru tinggi")).expect("adds");
        assert!(matches!(register.add(siti.clone(), &password), Err(RegisterError::Taken(_))));
        let checked =
            |name: Option<&OperatorName>| register.check(name, &password).expect("reads").map(|known| known.name);
        assert_eq!(checked(Some(&siti)), Some(siti.clone()));
        assert_eq!((checked(Some(&budi)), checked(None)), (None, None));
        let text = std::fs::read_to_string(folder.path().join("operators")).expect("reads");
        assert!(text.starts_with("siti $argon2id$v=19$m=19456,t=2,p=1$") && !text.contains("kuda"), "{text}");
        register.remove(&siti).expect("removes");
        assert_eq!(register.names().expect("reads"), [budi]);
        assert_eq!(checked(Some(&siti)), None);
        assert!(matches!(register.remove(&siti), Err(RegisterError::Unknown(_))));
        assert!(!format!("{password:?}").contains("kuda"));
    }

    #[test]
    fn a_line_that_is_no_operator_locks_everybody_out_and_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let register = Register::at(folder.path().join("operators"));
        std::fs::write(folder.path().join("operators"), "siti $argon2id$x\nSITI x\n").expect("writes");
        assert!(matches!(register.names(), Err(RegisterError::Line { line: 2, .. })));
    }
}
