//! How often a broken connection is made anew at once. Pure.
//!
//! In scope: what a retry costs and what earns it. Not here: the pauses once it is spent (`sync::backoff`).

/// The most retries that are kept for worse times.
const MOST: u32 = 8;

/// Bytes that central has taken for each further retry. A TCP and TLS handshake is about 8 KiB of both ways, so that
/// even on a link that breaks all the time most bytes are those of photos.
const PRICE: u64 = 32 * 1024;

/// The retries that may go without a pause, for the one central that an uplink goes to.
#[derive(Debug)]
pub(super) struct Budget {
    left: u32,
    /// Bytes towards the next one.
    earned: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: MOST, earned: 0 }
    }
}

impl Budget {
    /// Central has taken so many bytes more.
    pub(super) fn earn(&mut self, bytes: u64) {
        let earned = self.earned.saturating_add(bytes);
        let more = u32::try_from(earned / PRICE).unwrap_or(u32::MAX);
        (self.left, self.earned) = (self.left.saturating_add(more).min(MOST), earned % PRICE);
    }

    /// Takes one retry; `false` when none is left.
    pub(super) const fn spend(&mut self) -> bool {
        let may = self.left > 0;
        self.left = self.left.saturating_sub(1);
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_gets_through_buys_retries() {
        let mut budget = Budget::default();
        assert_eq!((0..20).filter(|_| budget.spend()).count(), 8);
        budget.earn(PRICE - 1);
        assert!(!budget.spend());
        budget.earn(1);
        assert!(budget.spend() && !budget.spend(), "parts add up");
        budget.earn(u64::MAX);
        assert_eq!((0..20).filter(|_| budget.spend()).count(), 8, "and nothing is hoarded");
    }
}
