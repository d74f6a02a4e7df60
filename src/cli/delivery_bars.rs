//! What a person sees while the outbox is delivered: one bar for all items, one line for the item under way.

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use tokio::sync::mpsc::UnboundedReceiver;

use super::screen::Screen;
use crate::store::Delivery;
use crate::sync::Event;

/// The bars of one delivery. They are hidden when standard error is no terminal.
pub(super) struct Bars {
    screen: Screen,
    all: MultiProgress,
    items: ProgressBar,
    item: ProgressBar,
}

impl Bars {
    /// Bars that start where the delivery stands.
    pub(super) fn new(screen: Screen, before: &Delivery) -> Self {
        let all = MultiProgress::new();
        if screen.json {
            all.set_draw_target(indicatif::ProgressDrawTarget::hidden());
        }
        let received = screen.word("diterima", "received");
        let items = all.add(ProgressBar::new(before.entries + before.photos));
        items.set_style(style(&format!("{{bar:30}} {{pos}}/{{len}} {received}")));
        items.set_position(before.entries_received + before.photos_received);
        let item = all.add(ProgressBar::new(0));
        item.set_style(style("{bar:30} {bytes}/{total_bytes} {msg}"));
        Self { screen, all, items, item }
    }

    /// Follows the events until the worker is gone.
    pub(super) async fn watch(self, mut events: UnboundedReceiver<Event>) {
        while let Some(event) = events.recv().await {
            self.show(&event);
        }
        self.item.finish_and_clear();
        self.items.finish_and_clear();
    }

    fn show(&self, event: &Event) {
        match event {
            Event::Sending { item, bytes, .. } => {
                self.item.set_length(*bytes);
                self.item.set_position(0);
                self.item.set_message(item.to_string());
            }
            Event::Progress { sent, .. } => self.item.set_position(*sent),
            Event::Stored { .. } => self.items.inc(1),
            Event::Later { item, later, retry_at } => {
                let again = self.screen.word("lagi pada", "again at");
                self.item.set_message(format!("{item}: {} — {again} {retry_at}", later.detail));
            }
            Event::Light { photo, .. } => {
                let light = self.screen.word("salinan ringan sudah di pusat", "light copy at central");
                self.item.set_message(format!("{light}: {}", photo.short()));
            }
            Event::NoLight { copy, reason } => {
                let without = self.screen.word("salinan ringan tidak dikirim", "light copy not sent");
                self.item.set_message(format!("{without}: {copy}: {reason}"));
            }
            Event::SetAside { item, reason } => {
                let refused = self.screen.word("ditolak pusat", "refused by central");
                self.note(&format!("{refused}: {item}: {reason}"));
            }
            Event::Alarm(alarm) => self.note(&format!("! {alarm}")),
            Event::Unanswered(later) => self.item.set_message(later.detail.clone()),
            Event::Hindered { reason } => self.note(reason),
            Event::Waiting { until, .. } => {
                let next = self.screen.word("percobaan berikutnya", "next try");
                self.item.set_message(format!("{next} {until}"));
            }
            Event::Stuck | Event::Done => self.item.set_message(""),
        }
    }

    /// A line that stays above the bars; on standard error too when there are none.
    fn note(&self, text: &str) {
        if self.all.is_hidden() {
            super::screen::complain(&format!("{text}\n"));
        } else {
            // A terminal that has gone away does not hinder delivery.
            let _ = self.all.println(text);
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
