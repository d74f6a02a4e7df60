//! The election file and central's key: what everything else is judged by.

use super::Inquiry;
use crate::audit::finding::Detail;
use crate::audit::kind::Kind;
use crate::audit::report::Subject;
use crate::protocol::bundle;
use crate::protocol::election::Election;
use crate::protocol::key::PublicKey;

impl Inquiry<'_> {
    pub(super) fn election(&mut self, bytes: Vec<u8>) -> Option<Election> {
        let election = match Election::parse(bytes) {
            Ok(election) => election,
            Err(error) => {
                self.at_file(Kind::Election, bundle::ELECTION, Detail::cause(&error));
                return None;
            }
        };
        match &self.trust.authority {
            Some(authority) => {
                if let Err(error) = election.signed_by(authority) {
                    self.at_file(Kind::ElectionSigner, bundle::ELECTION, Detail::cause(&error));
                }
            }
            None => self.at_file(Kind::AuthorityNotGiven, bundle::ELECTION, Detail::None),
        }
        Some(election)
    }

    /// Central's key as the bundle has it.
    pub(super) fn own_key(&mut self, text: Option<&str>) -> Option<PublicKey> {
        match text.map(str::parse::<PublicKey>) {
            Some(Ok(own)) => return Some(own),
            Some(Err(error)) => self.at_file(Kind::CentralKey, bundle::CENTRAL_KEY, Detail::cause(&error)),
            None => self.at_file(Kind::CentralKey, bundle::CENTRAL_KEY, Detail::None),
        }
        None
    }

    /// The key to judge with: the reader's, else the bundle's own.
    pub(super) fn central_key(&mut self, own: Option<&PublicKey>) -> Option<PublicKey> {
        match (self.trust.central_key.clone(), own) {
            (Some(given), Some(own)) if given != *own => {
                self.at_file(Kind::OtherCentralKey, bundle::CENTRAL_KEY, Detail::differs(&given, own));
                Some(given)
            }
            (Some(given), _) => Some(given),
            (None, Some(own)) => {
                self.at_file(Kind::CentralKeyFromBundle, bundle::CENTRAL_KEY, Detail::None);
                Some(own.clone())
            }
            (None, None) => None,
        }
    }

    pub(super) fn subject(&mut self, election: &Election, key: Option<&PublicKey>) {
        self.report.about(Subject {
            election: election.plan().name.clone(),
            digest: election.digest(),
            drill: election.is_drill(),
            central_key: key.map(ToString::to_string),
        });
    }
}
