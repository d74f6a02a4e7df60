//! What is against the rules about a record, told to the public: what was seen, not what an officer should do about it.

use crate::central::pages::frame::Frame;
use crate::central::pages::words::against as words;
use crate::protocol::state::Violation;

/// The violation in words.
pub(super) fn against(frame: &Frame, violation: &Violation) -> String {
    let text = match violation {
        Violation::NotOpened => words::NOT_OPENED,
        Violation::AlreadyOpened => words::ALREADY_OPENED,
        Violation::OtherElection => words::OTHER_ELECTION,
        Violation::NeedsBoth => words::NEEDS_BOTH,
        Violation::NeedsOne => words::NEEDS_ONE,
        Violation::UnknownContest => words::UNKNOWN_CONTEST,
        Violation::UnknownPage => words::UNKNOWN_PAGE,
        Violation::OthersTurn => words::OTHERS_TURN,
        Violation::WrongRevision { expected } => return frame.with(words::WRONG_REVISION, &[expected]),
        Violation::WrongRound { round, .. } => return frame.with(words::WRONG_ROUND, &[round]),
        Violation::NotThisForm => words::NOT_THIS_FORM,
        Violation::ChangedBox { field } => return frame.with(words::CHANGED_BOX, &[field]),
        Violation::Answers(misfit) => {
            let keys = [&misfit.open, &misfit.idle, &misfit.twice, &misfit.hidden].into_iter().flatten();
            let keys: Vec<String> = keys.map(ToString::to_string).collect();
            return frame.with(words::ANSWERS, &[&keys.join(", ")]);
        }
        Violation::Unanswered(codes) => {
            let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
            return frame.with(words::UNANSWERED, &[&codes.join(", ")]);
        }
        Violation::PhotoLength => words::PHOTO_LENGTH,
        Violation::LightLength => words::LIGHT_LENGTH,
        Violation::PhotoAgain => words::PHOTO_AGAIN,
        Violation::PhotoElsewhere => words::PHOTO_ELSEWHERE,
        Violation::NothingToReplace => words::NOTHING_TO_REPLACE,
        Violation::NotAgreed => words::NOT_AGREED,
        Violation::OtherReadings => words::OTHER_READINGS,
        Violation::Reason => words::REASON,
        Violation::Pages => words::PAGES,
        Violation::PhotoUnknown => words::PHOTO_UNKNOWN,
        Violation::ResultUnknown => words::RESULT_UNKNOWN,
        Violation::NoSuchPair => words::NO_SUCH_PAIR,
        Violation::EmptyText => words::EMPTY_TEXT,
        Violation::WrongCounts => words::WRONG_COUNTS,
        Violation::Unsealed => words::UNSEALED,
    };
    frame.w(text).to_owned()
}
