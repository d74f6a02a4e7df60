//! When a program that serves is to end.

/// Waits for Ctrl-C or, where there is such a thing, the system's request to end.
pub(super) async fn until_stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without signals there is nothing but the console.
    let _ = tokio::signal::ctrl_c().await;
}
