//! Which problems a route answers with, by status.

use std::collections::BTreeMap;

use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

use crate::protocol::wire::{Problem, ProblemKind, media};

/// What every route may answer: 429 from the limits of one client, 503 when central cannot work now.
const ALWAYS: [ProblemKind; 2] = [ProblemKind::Busy, ProblemKind::Unavailable];

/// A kind and the status it has here; `None`: its own.
type Answered = (ProblemKind, Option<u16>);

/// The answers of these kinds, those of one status together.
fn answers(kinds: &[Answered]) -> BTreeMap<String, RefOr<Response>> {
    let mut by_status: BTreeMap<u16, Vec<ProblemKind>> = BTreeMap::new();
    for (kind, status) in kinds.iter().copied().chain(ALWAYS.map(|kind| (kind, None))) {
        by_status.entry(status.unwrap_or(kind.status_and_title().0)).or_default().push(kind);
    }
    by_status.into_iter().map(|(status, kinds)| (status.to_string(), RefOr::T(answer(status, &kinds)))).collect()
}

fn answer(status: u16, kinds: &[ProblemKind]) -> Response {
    let lines: Vec<_> = kinds.iter().map(|kind| format!("{} (`{}`)", kind.status_and_title().1, kind.uri())).collect();
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name()))).build();
    let answer = ResponseBuilder::new().description(lines.join("; ")).content(media::PROBLEM, content);
    if status != 429 && status != 503 {
        return answer.build();
    }
    let seconds = ObjectBuilder::new().schema_type(SchemaType::Type(Type::Integer)).minimum(Some(0));
    let wait =
        HeaderBuilder::new().schema(Some(seconds.build())).description(Some("Seconds to wait (RFC 9110, 10.2.3)"));
    answer.header("Retry-After", wait.build()).build()
}

/// Sets of problems, each under a name for the routes that answer with it.
macro_rules! sets {
    ($($(#[$about:meta])+ $name:ident: $($kind:ident $(as $status:literal)?),*;)+) => {
        $(
            $(#[$about])+
            pub(in crate::central) struct $name;

            impl IntoResponses for $name {
                fn responses() -> BTreeMap<String, RefOr<Response>> {
                    answers(&[$((ProblemKind::$kind, None::<u16>$(.or(Some($status)))?)),*])
                }
            }
        )+
    };
}

sets! {
    /// Of every route.
    Unavailable: ;
    /// Where there may be nothing.
    NotHere: Unknown;
    /// Where the address may be none, or nothing may be there.
    Asking: Malformed, Unknown;
    /// Of an enrolment.
    EnrolmentRefused: Malformed, Unknown, Code, Signature, TooLarge;
    /// Of an entry.
    EntryRefused: Malformed, Unknown, Signature, Gap, Diverged, TooLarge;
    /// Of several entries, as a whole.
    EntriesRefused: Malformed, Malformed as 415, TooLarge;
    /// Of a result without its chain.
    CarriedRefused: Malformed, Unknown, Signature, Diverged, TooLarge;
    /// Of a cosigned checkpoint.
    CosignatureRefused: Malformed, Signature, Diverged, TooLarge;
    /// Of what is asked of an upload: another version of tus, a name that is none, an upload that is unknown, given up, or worked on.
    UploadAsked: Malformed, Malformed as 412, Unknown, Unknown as 410, Offset as 423, UnnamedPhoto, Digest, Full;
    /// Of the announcement of a photo, and of what comes along with it.
    UploadRefused: Malformed, Malformed as 412, Malformed as 415, Unknown, UnnamedPhoto, Digest, Digest as 460, TooLarge, Offset,
        Offset as 423, Full;
    /// Of a piece of a photo.
    PieceRefused: Malformed, Malformed as 412, Malformed as 415, Unknown, Unknown as 410, Offset, Offset as 423, UnnamedPhoto,
        Digest, Digest as 460, TooLarge, Full;
    /// Of an upload that is given up.
    UploadKept: Malformed, Malformed as 412, Unknown, Unknown as 410, Offset as 423;
}
