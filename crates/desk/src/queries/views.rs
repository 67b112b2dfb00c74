//! Views that a person saved. They stand beside the commands, in the file that is encrypted and that no server empties: they are
//! this person's on this computer, outlive a rebuilt mirror, and go with the local data.

use bridge::{DeskError, ErrorCode, KeepViews, SavedView, SavedViews};
use domain::views::check;
use serde_json::Value;

use crate::{
    desk::Desk,
    error::{file_error, told},
};

/// Under what the outbox keeps them.
const VIEWS: &str = "views";

impl Desk {
    /// The views this person saved, in their order.
    ///
    /// # Errors
    /// `no_session`; `disk`.
    pub async fn saved_views(&self, _: SavedViews) -> Result<Vec<SavedView>, DeskError> {
        let work = self.inner.work().await?;
        let text = work.cabinet.value(VIEWS).await.map_err(file_error)?;
        Ok(text.map(|text| read(&text)).unwrap_or_default())
    }
    /// Keeps these views, and no others.
    ///
    /// # Errors
    /// As [`Self::saved_views`]; `bad_call` for names and searches that cannot be kept, or too many of them.
    pub async fn keep_views(&self, query: KeepViews) -> Result<Vec<SavedView>, DeskError> {
        let named = query.views.iter().map(|view| (view.name.as_str(), view.filter.text()));
        let kept = check(named).map_err(|problem| told(ErrorCode::BadCall, &problem.to_string()))?;
        let views: Vec<SavedView> = kept
            .iter()
            .zip(query.views)
            .map(|((name, search), view)| SavedView { name: name.to_string(), filter: view.filter.with_text(search.to_string()) })
            .collect();
        let text = serde_json::to_string(&views).map_err(|problem| told(ErrorCode::Internal, &problem.to_string()))?;
        let work = self.inner.work().await?;
        work.cabinet.set_value(VIEWS, (!views.is_empty()).then_some(text.as_str())).await.map_err(file_error)?;
        Ok(views)
    }
}

/// Reads what was kept. A list that only a newer program knows is passed over: the others are of use without it.
fn read(text: &str) -> Vec<SavedView> {
    let all: Vec<Value> = serde_json::from_str(text).unwrap_or_default();
    all.into_iter().filter_map(|view| serde_json::from_value(view).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bridge::{InboxFilter, InboxView, OrderFilter, ViewFilter};
    use domain::records::OrderStatus;

    #[test]
    fn a_list_of_a_newer_program_hides_no_other() {
        let text =
            r#"[{"name":"Lama","filter":{"view":"waiting","text":"rani"}},{"name":"Baru","filter":{"view":"by_planet"}},{"name":1}]"#;
        let filter = InboxFilter { view: InboxView::Waiting, text: "rani".to_owned() };
        assert_eq!(read(text), [SavedView { name: "Lama".to_owned(), filter: ViewFilter::Inbox(filter) }]);
        assert_eq!(read("{"), []);
    }
    #[test]
    fn a_list_of_orders_is_kept_beside_the_lists_of_antrean() {
        let orders = OrderFilter { status: Some(OrderStatus::Review), mine: true, text: "kopi".to_owned(), ..OrderFilter::default() };
        let all = [
            SavedView { name: "Ditinjau".to_owned(), filter: ViewFilter::Orders { orders } },
            SavedView { name: "Semua".to_owned(), filter: ViewFilter::Inbox(InboxFilter::default()) },
        ];
        assert_eq!(read(&serde_json::to_string(&all).unwrap()), all);
    }
}
