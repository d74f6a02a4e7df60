//! Headers of uploads (tus 1.0.0), as the document tells of them.

use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{Object, Required};

use crate::protocol::tus::{self, METADATA_BYTES, header};
use crate::protocol::wire::limits;

/// Base64 of 20 or of 32 bytes, without stray bits at its end.
const CHECKSUM: &str = "^(sha1 [A-Za-z0-9+/]{26}|sha256 [A-Za-z0-9+/]{42})[AEIMQUYcgkosw048]=$";
/// The photo's name among whatever else is said: keys of printable ASCII without commas, each alone or with base64.
const METADATA: &str = "^([!-+\\x2d-~]+( [A-Za-z0-9+/]+={0,2})?, ?)*sha256 [A-Za-z0-9+/]{85}[AQgw]==\
                        (, ?[!-+\\x2d-~]+( [A-Za-z0-9+/]+={0,2})?)*$";

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::String))
}

fn bytes() -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::Integer))
        .minimum(Some(0))
        .maximum(Some(limits::PHOTO_BYTES))
}

fn given(name: &str, required: Required, about: &str, schema: Object) -> Parameter {
    let given = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Header).required(required);
    given.description(Some(about)).schema(Some(schema)).build()
}

fn resumable() -> Parameter {
    let version = text().enum_values(Some([tus::VERSION])).build();
    given(header::RESUMABLE, Required::True, "The version of tus", version)
}

fn checksum() -> Parameter {
    let about = "Name of the algorithm, a space, the digest of this body in base64";
    given(header::CHECKSUM, Required::False, about, text().pattern(Some(CHECKSUM)).build())
}

/// Gives sets of headers, each under a name for the routes that read them.
macro_rules! sets {
    ($($(#[$about:meta])+ $name:ident: $($header:expr),+;)+) => {
        $(
            $(#[$about])+
            pub(in crate::central::http) struct $name;

            impl IntoParams for $name {
                fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
                    vec![$($header),+]
                }
            }
        )+
    };
}

sets! {
    /// Of every request but `OPTIONS`.
    Versioned: resumable();
    /// Of an announcement.
    Announcing: resumable(), checksum(),
        given(header::LENGTH, Required::True, "Bytes of the photo, in its coding", bytes().build()),
        given(
            header::METADATA,
            Required::True,
            "Keys, each with its value in base64; sha256 is the photo's digest in hexadecimal digits, and coding says in which of the \
             codings of get_missing its bytes come, if not as they are",
            text().max_length(Some(METADATA_BYTES)).pattern(Some(METADATA)).build(),
        );
    /// Of a piece.
    Sending: resumable(), checksum(),
        given(header::OFFSET, Required::True, "Where the piece begins", bytes().build());
    /// Of a request that stands for another.
    Meant: resumable(),
        given(
            header::METHOD_OVERRIDE,
            Required::True,
            "The method that is meant, with the headers that belong to it",
            text().enum_values(Some(["HEAD", "PATCH", "DELETE", "OPTIONS"])).build(),
        ),
        given(header::OFFSET, Required::False, "Where the piece begins, for PATCH", bytes().build());
}
