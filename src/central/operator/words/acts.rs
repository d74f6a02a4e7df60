//! Names of what operators do.

words! {
    LOG_IN = "masuk", "logged in";
    LOG_OUT = "keluar", "logged out";
    CODES = "menerbitkan kode pendaftaran", "issued enrolment codes";
    FAULTS_ON = "memberlakukan gangguan", "put faults in force";
    FAULTS_OFF = "mengakhiri gangguan", "ended the faults";
    MOVED = "memindahkan foto", "filed a photo elsewhere";
    HANDLED = "melihat temuan", "looked at a finding";
    ZERO = "mencatat keadaan nol", "recorded the zero state";
}

/// The name of a kind of act.
pub(in crate::central) const fn of(kind: crate::central::store::ActKind) -> crate::form::Text {
    use crate::central::store::ActKind;
    match kind {
        ActKind::LogIn => LOG_IN,
        ActKind::LogOut => LOG_OUT,
        ActKind::Codes => CODES,
        ActKind::FaultsOn => FAULTS_ON,
        ActKind::FaultsOff => FAULTS_OFF,
    }
}
